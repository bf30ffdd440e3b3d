"""What buyers read about an order, in Hindi, until somebody edits it in the admin."""

from __future__ import annotations

from shop.notifications.kinds import Text

TRACK = "ऑर्डर कहाँ है, देखें"
SEE = "ऑर्डर देखें"

TEXTS = {
    "order_placed": Text(
        subject="{number} पैक हो रहा है",
        heading="धन्यवाद, {name}।",
        body="आपका ऑर्डर {number} हमें मिल गया है। {arrival}\n\nनिकलने से पहले तक आप इसे रद्द कर सकते हैं।",
        button=TRACK,
        sms="ओसरी: {total} का आपका ऑर्डर {number} हमें मिल गया है। निकलने तक आप इसे खाते से रद्द कर सकते हैं।",
    ),
    "order_to_pay": Text(
        subject="{number} आपके भुगतान की प्रतीक्षा में है",
        heading="धन्यवाद, {name}।",
        body="आपका ऑर्डर {number} हमें मिल गया है।\n\nभुगतान होते ही हम इसे पैक करेंगे। निकलने से पहले तक आप इसे रद्द कर सकते हैं।",
        button="ऑर्डर देखें और भुगतान करें",
    ),
    "order_cash": Text(
        subject="{number} पैक हो रहा है; पैसे आने पर देने हैं",
        heading="सब तय है, {name}।",
        body="ऑर्डर {number} के {to_pay} आने पर देने हैं। उससे पहले कुछ नहीं देना है। {arrival}\n\n"
        "निकलने से पहले तक आप इसे रद्द कर सकते हैं।",
        button=TRACK,
        sms="ओसरी: ऑर्डर {number} के {to_pay} आने पर देने हैं। हम इसे पैक कर रहे हैं।",
    ),
    "cash_code": Text(
        subject="{code} से ऑर्डर {number} पक्का होगा",
        heading="{code}",
        body="अपने ऑर्डर {number} के पेज पर यह कोड लिखें, फिर हम उसे पैक करेंगे। {to_pay} आने पर देने हैं।\n\n"
        "कोड दस मिनट चलता है; वहीं नया माँग सकते हैं। इसके बिना ऑर्डर एक दिन बाद रद्द हो जाएगा।",
        button="ऑर्डर पक्का करें",
        sms="{code} आपके ओसरी ऑर्डर {number} ({to_pay}, नकद) का कोड है। 10 मिनट तक चलेगा।",
    ),
    "order_look_up": Text(
        subject="आपके ऑर्डर {number} का लिंक",
        heading="यह रहा आपका ऑर्डर",
        body="हमारी साइट पर किसी ने, शायद आपने ही, ऑर्डर {number} का लिंक माँगा है। {link_note}\n\nआपने नहीं माँगा? "
        "तो कुछ करने की ज़रूरत नहीं: ऑर्डर वही खोल सकता है जो यह पत्र पढ़ता है।",
        button=SEE,
    ),
    "order_paid": Text(
        subject="{number} का भुगतान हो गया, पैकिंग शुरू है",
        heading="धन्यवाद, {name}।",
        body="ऑर्डर {number} के {to_pay} मिल गए। {arrival}\n\nनिकलने से पहले तक आप इसे रद्द कर सकते हैं।",
        button=TRACK,
        sms="ओसरी: ऑर्डर {number} के {to_pay} मिल गए। हम इसे पैक कर रहे हैं।",
    ),
    "payment_failed": Text(
        subject="{number} का भुगतान नहीं हो पाया",
        heading="भुगतान नहीं हो पाया",
        body="ऑर्डर {number} के लिए कोई पैसा नहीं लिया गया। बैंक में {to_pay} कटा दिखे तो वह अपने आप लौट आएगा।"
        "\n\nआप इसी या किसी दूसरे तरीके से फिर भुगतान कर सकते हैं।",
        button="भुगतान करें",
        sms="ओसरी: ऑर्डर {number} का भुगतान नहीं हो पाया। आप अपने खाते से फिर भुगतान कर सकते हैं।",
    ),
    "order_shipped": Text(
        subject="{number} कार्यशाला से निकल गया",
        heading="यह रास्ते में है",
        body="आपका ऑर्डर {number} कार्यशाला से निकल गया है। {arrival}\n\n{parcel}\n\nआने से पहले डिलीवरी वाले फ़ोन करेंगे। {due}",
        button=TRACK,
        sms="ओसरी: ऑर्डर {number} रास्ते में है। आने से पहले डिलीवरी वाले फ़ोन करेंगे।",
    ),
    "out_for_delivery": Text(
        subject="{number} आज आएगा",
        heading="यह आज आएगा",
        body="आपका ऑर्डर {number} डिलीवरी वाले के पास है, वे आने से पहले फ़ोन करेंगे। {due}\n\n{parcel}",
        button=TRACK,
        sms="ओसरी: ऑर्डर {number} आज पहुँचेगा। आने से पहले डिलीवरी वाले फ़ोन करेंगे।",
    ),
    "order_delivered": Text(
        subject="{number} पहुँच गया",
        heading="यह आपके पास है",
        body="आपका ऑर्डर {number} पहुँच गया है।\n\nकुछ टूटा है या वह नहीं जो आपने मँगाया था? ऑर्डर के पन्ने से हमें बताएँ, हम ठीक करेंगे।",
        button=SEE,
        sms="ओसरी: ऑर्डर {number} पहुँच गया। कुछ ठीक नहीं है? अपने खाते में बताएँ।",
    ),
    "order_cancelled": Text(
        subject="{number} रद्द हो गया",
        heading="ऑर्डर {number} नहीं आएगा",
        body="{state}",
        button=SEE,
        sms="ओसरी: ऑर्डर {number} रद्द हो गया। पैसे के बारे में अपने खाते में देखें।",
    ),
    "refund_started": Text(
        subject="{number} का पैसा लौटाया जा रहा है",
        heading="आपका पैसा लौट रहा है",
        body="ऑर्डर {number} के {amount} उसी तरीके से लौटेंगे जिससे आपने भुगतान किया था। पहुँचने पर हम फिर लिखेंगे।",
        button=SEE,
    ),
    "refund_done": Text(
        subject="{number} के {amount} आपको लौट गए",
        heading="{amount} आपको लौट गए",
        body="ऑर्डर {number} का पैसा उसी तरीके से लौट गया जिससे आपने भुगतान किया था। कुछ बैंक इसे कुछ दिन बाद दिखाते हैं।",
        button=SEE,
        sms="ओसरी: ऑर्डर {number} के {amount} आपको लौट गए।",
    ),
    "return_requested": Text(
        subject="{number} की वापसी का अनुरोध मिल गया",
        heading="हम आपकी वापसी देख रहे हैं",
        body="आप ऑर्डर {number} की चीज़ें लौटाना चाहते हैं। हम देखकर फिर लिखेंगे; तब तक चीज़ें और उनका डिब्बा रखें।",
        button=SEE,
    ),
    "return_approved": Text(
        subject="{number} की वापसी मान ली गई",
        heading="इसे हमें लौटा दें",
        body="ऑर्डर {number} की वापसी मान ली गई है। चीज़ों को वैसे ही पैक करें जैसे वे आई थीं।\n\n{answer}",
        button=SEE,
        sms="ओसरी: ऑर्डर {number} की वापसी मान ली गई है। पार्सल तैयार रखें।",
    ),
    "return_rejected": Text(
        subject="{number} की आपकी वापसी",
        heading="हम इसे वापस नहीं ले सकते",
        body="ऑर्डर {number} की बताई चीज़ें हम वापस नहीं ले सकते।\n\n{answer}\n\nकोई पैसा नहीं चला। आप सहमत न हों तो इसी पत्र का उत्तर दें।",
        button=SEE,
    ),
    "return_received": Text(
        subject="{number} की वापसी हमारे पास पहुँच गई",
        heading="यह हमारे पास लौट आया",
        body="ऑर्डर {number} से लौटाई चीज़ें पहुँच गईं। हम उन्हें देखेंगे, फिर पैसा लौटेगा।",
        button=SEE,
    ),
    "exchange_packed": Text(
        subject="{number} के बदले की चीज़ पैक हो रही है",
        heading="लौटाई चीज़ पहुँच गई",
        body="ऑर्डर {number} से लौटाई चीज़ें पहुँच गईं। बदले में जो आप चाहते थे, वह ऑर्डर {replacement} के रूप में पैक हो रहा है: "
        "कुछ नहीं देना है।",
        button=SEE,
        sms="ओसरी: लौटाई चीज़ पहुँच गई। बदले की चीज़ ऑर्डर {replacement} के रूप में पैक हो रही है।",
    ),
    "return_refunded": Text(
        subject="{number} की वापसी का पैसा",
        heading="आपकी वापसी पूरी हुई",
        body="ऑर्डर {number} से लौटाई चीज़ों के {amount} उसी तरीके से लौट गए जिससे आपने भुगतान किया था; कुछ बैंक इसे कुछ दिन बाद दिखाते हैं।",
        button=SEE,
    ),
    "refund_failed": Text(
        subject="{number} के {amount} नहीं लौटे",
        heading="पैसा खरीदार तक नहीं पहुँचा",
        body="ऑर्डर {number} के {amount} नहीं लौटे: {reason}\n\nभुगतान देखें और फिर से लौटाएँ।",
        button="ऑर्डर खोलें",
    ),
}
