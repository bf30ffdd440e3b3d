import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Route, Routes, useLocation } from "react-router";
import { Connection } from "./components/Connection";
import { Consent } from "./components/Consent";
import { Footer } from "./components/Footer";
import { Header } from "./components/Header";
import { Skeleton } from "./components/Skeleton";
import { Toasts } from "./components/Toasts";
import { Boundary } from "./components/Trouble";
import { handFocusOn, useFocusOnArrival } from "./focus";
import { Home } from "./pages/Home";
import { fetchView, OldCategory, OldProduct, Place } from "./pages/Place";
import { usePreferences } from "./preferences";
import { t } from "./words";

/** The way from a shelf to an order: fetched ahead, so that no step of it waits for its code. */
const onTheWay = {
    search: () => import("./pages/SearchResults"),
    cart: () => import("./pages/Cart"),
    checkout: () => import("./pages/Checkout"),
    order: () => import("./pages/Order"),
};

export async function fetchAhead(): Promise<void> {
    await fetchView("category").then(() => fetchView("product"));
    for (const load of Object.values(onTheWay)) await load();
}

const SearchResults = lazy(onTheWay.search);
const Cart = lazy(onTheWay.cart);
const Checkout = lazy(onTheWay.checkout);
const Order = lazy(onTheWay.order);
const Track = lazy(() => import("./pages/Track"));
const OrderAddress = lazy(() => import("./pages/OrderAddress"));
const Return = lazy(() => import("./pages/Return"));
const Preview = lazy(() => import("./pages/Preview"));
const SignIn = lazy(() => import("./pages/SignIn"));
const SignInByCode = lazy(() => import("./pages/SignInByCode"));
const SignInBack = lazy(() => import("./pages/SignInBack"));
const ForgottenPassword = lazy(() => import("./pages/ForgottenPassword"));
const NewPassword = lazy(() => import("./pages/NewPassword"));
const ConfirmAddress = lazy(() => import("./pages/ConfirmAddress"));
const TakeBack = lazy(() => import("./pages/TakeBack"));
const PrivacyChoices = lazy(() => import("./pages/PrivacyChoices"));
const SignUp = lazy(() => import("./pages/SignUp"));
const Account = lazy(() => import("./pages/Account"));
const Orders = lazy(() => import("./pages/Orders"));
const Addresses = lazy(() => import("./pages/Addresses"));
const Profile = lazy(() => import("./pages/Profile"));
const Security = lazy(() => import("./pages/Security"));
const LinkBack = lazy(() => import("./pages/LinkBack"));
const YourData = lazy(() => import("./pages/YourData"));
const Wishes = lazy(() => import("./pages/Wishes"));
const Complaints = lazy(() => import("./pages/Complaints"));
const OwnReviews = lazy(() => import("./pages/OwnReviews"));
const WriteReview = lazy(() => import("./pages/WriteReview"));
const Notices = lazy(() => import("./pages/Notices"));
const NoticeChoices = lazy(() => import("./pages/NoticeChoices"));

const ASKED_THERE = "/privacy/choices";

export function App() {
    usePreferences(); // another language: every part is drawn anew in it, where it stands
    const { pathname } = useLocation();
    const isSlim = pathname.startsWith("/checkout");
    const main = useFocusOnArrival();
    return (
        <div id="shop" ref={handFocusOn}>
            <a className="skip" href="#main">
                {t("Skip to content")}
            </a>
            <Header isSlim={isSlim} />
            {pathname !== ASKED_THERE && <Consent />}
            <Connection />
            <main id="main" tabIndex={-1} ref={main}>
                <Boundary resetKey={pathname}>
                    <Suspense fallback={<div className="wrap"><Skeleton kind="text" /></div>}>
                        <Views />
                    </Suspense>
                </Boundary>
            </main>
            <Footer isSlim={isSlim} />
            <Toasts />
            <Language />
        </div>
    );
}

function Views() {
    return (
        <Routes>
            <Route index element={<Home />} />
            <Route path="category/:id" element={<OldCategory />} />
            <Route path="search" element={<SearchResults />} />
            <Route path="product/:id" element={<OldProduct />} />
            <Route path="cart" element={<Cart />} />
            <Route path="checkout" element={<Checkout />} />
            <Route path="track" element={<Track />} />
            <Route path="order/:id" element={<Order />} />
            <Route path="order/:id/address" element={<OrderAddress />} />
            <Route path="order/:id/return" element={<Return />} />
            <Route path="preview" element={<Preview />} />
            <Route path="sign-in" element={<SignIn />} />
            <Route path="sign-in/code" element={<SignInByCode />} />
            <Route path="sign-in/back" element={<SignInBack />} />
            <Route path="forgotten-password" element={<ForgottenPassword />} />
            <Route path="new-password" element={<NewPassword />} />
            <Route path="confirm-address" element={<ConfirmAddress />} />
            <Route path="take-back" element={<TakeBack />} />
            <Route path="privacy/choices" element={<PrivacyChoices />} />
            <Route path="sign-up" element={<SignUp />} />
            <Route path="account" element={<Account />}>
                <Route index element={<Orders key="latest" latestOnly />} />
                <Route path="orders" element={<Orders key="all" />} />
                <Route path="addresses" element={<Addresses />} />
                <Route path="profile" element={<Profile />} />
                <Route path="security" element={<Security />} />
                <Route path="security/linked" element={<LinkBack />} />
                <Route path="data" element={<YourData />} />
                <Route path="wishlist" element={<Wishes />} />
                <Route path="complaints" element={<Complaints />} />
                <Route path="reviews" element={<OwnReviews />} />
                <Route path="reviews/write/:product" element={<WriteReview />} />
                <Route path="notices" element={<Notices />} />
                <Route path="notices/choices" element={<NoticeChoices />} />
            </Route>
            <Route path="*" element={<Place />} />
        </Routes>
    );
}

/** Told to whoever cannot see it: the words on the control itself stay as they are. */
function Language() {
    const { language } = usePreferences();
    const before = useRef(language);
    const [isNew, setNew] = useState(false);
    useEffect(() => setNew((was) => was || before.current !== language), [language]);
    return (
        <p className="sr" role="status">
            {isNew && t("The shop speaks English now.")}
        </p>
    );
}
