from cms_pages.blocks.bodies import ArticleBody, CampaignBody

__all__ = ["ArticleBody", "CampaignBody"]
