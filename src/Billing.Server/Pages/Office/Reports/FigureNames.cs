using System.Globalization;
using Billing.Metrics;
using Billing.Server.Pages.Language;

namespace Billing.Server.Pages.Office.Reports;

/// <summary>The words for each figure.</summary>
internal static class FigureNames
{
    public static string Of(FigureName name, Tongue t) => name switch
    {
        FigureName.Mrr => t["MRR", "MRR"],
        FigureName.Arr => t["ARR", "ARR"],
        FigureName.Paying => t["Paying subscriptions", "চালু সাবস্ক্রিপশন"],
        FigureName.OnBeach => t["On the Beach", "বিরতিতে"],
        FigureName.Arpa => t["Average a subscription", "সাবস্ক্রিপশন প্রতি গড়"],
        FigureName.NetRetention => t["Net retention", "নিট ধরে রাখা"],
        FigureName.NetRetentionWithBreaks => t["Net retention, with breaks", "নিট ধরে রাখা, বিরতিসহ"],
        FigureName.GrossRetention => t["Gross retention", "মোট ধরে রাখা"],
        FigureName.GrossRetentionWithBreaks => t["Gross retention, with breaks", "মোট ধরে রাখা, বিরতিসহ"],
        FigureName.RevenueChurn => t["Revenue churn", "আয় হারানো"],
        FigureName.RevenueChurnVoluntary => t["Revenue churn: left", "আয় হারানো: ছেড়েছেন"],
        FigureName.RevenueChurnInvoluntary => t["Revenue churn: unpaid", "আয় হারানো: টাকা না পেয়ে"],
        FigureName.RevenueChurnOnBeach => t["Revenue churn: on the beach", "আয় হারানো: বিরতিতে"],
        FigureName.LogoChurn => t["Subscriptions lost", "হারানো সাবস্ক্রিপশন"],
        FigureName.LogoChurnVoluntary => t["Lost: left", "হারানো: ছেড়েছেন"],
        FigureName.LogoChurnInvoluntary => t["Lost: unpaid", "হারানো: টাকা না পেয়ে"],
        FigureName.LogoChurnOnBeach => t["Lost: on the beach", "হারানো: বিরতিতে"],
        FigureName.QuickRatio => t["Quick ratio", "দ্রুত অনুপাত"],
        FigureName.LifetimeValue => t["Lifetime value", "জীবনকালের মূল্য"],
        FigureName.AcquisitionCost => t["Cost of a new subscription", "নতুন সাবস্ক্রিপশনের খরচ"],
        FigureName.Payback => t["Months to earn it back", "ফেরত আসতে কত মাস"],
    };

    /// <summary>A value in the unit of its definition.</summary>
    public static string Value(FigureName name, long value, Currency currency, Formats f) => FigureDefinition.Of(name).Unit switch
    {
        FigureUnit.Money => f.Plain(new(value, currency)),
        FigureUnit.Count => f.Number(value),
        FigureUnit.BasisPoints => f.Percent((int)value),
        FigureUnit.Hundredths => f.Digits((value / 100m).ToString("0.00", CultureInfo.InvariantCulture)),
    };

    /// <summary>How it is computed.</summary>
    public static string About(FigureName name, Tongue t) => t[FigureDefinition.Of(name).Formula, name switch
    {
        FigureName.Mrr => "শুরুর MRR + মাসের সব ওঠানামা",
        FigureName.Arr => "MRR × ১২",
        FigureName.Paying => "মাসের শেষে যেসব সাবস্ক্রিপশনের মূল্য আছে",
        FigureName.OnBeach => "বিরতিতে থাকা সাবস্ক্রিপশন, যাওয়ার সময় যাদের মূল্য ছিল",
        FigureName.Arpa => "MRR ÷ চালু সাবস্ক্রিপশন",
        FigureName.NetRetention => "(শুরু + বৃদ্ধি − হ্রাস − হারানো) ÷ শুরু; বিরতিতে থাকা গ্রাহকও শুরুতে ধরা",
        FigureName.NetRetentionWithBreaks => "(শুরু + বৃদ্ধি − হ্রাস − হারানো − বিরতিতে যাওয়া + বিরতি থেকে ফেরা) ÷ শুরু",
        FigureName.GrossRetention => "(শুরু − হ্রাস − হারানো) ÷ শুরু",
        FigureName.GrossRetentionWithBreaks => "(শুরু − হ্রাস − হারানো − বিরতিতে যাওয়া) ÷ শুরু",
        FigureName.RevenueChurn => "হারানো সাবস্ক্রিপশনের MRR ÷ শুরু",
        FigureName.RevenueChurnVoluntary => "যাঁরা ছেড়েছেন তাঁদের MRR ÷ শুরু",
        FigureName.RevenueChurnInvoluntary => "যাঁদের টাকা নেওয়া যায়নি তাঁদের MRR ÷ শুরু",
        FigureName.RevenueChurnOnBeach => "বিরতিতে হারানোদের যাওয়ার সময়কার MRR ÷ শুরু",
        FigureName.LogoChurn => "হারানো সাবস্ক্রিপশন ÷ শুরুর সাবস্ক্রিপশন",
        FigureName.LogoChurnVoluntary => "যাঁরা ছেড়েছেন ÷ শুরুর সাবস্ক্রিপশন",
        FigureName.LogoChurnInvoluntary => "যাঁদের টাকা নেওয়া যায়নি ÷ শুরুর সাবস্ক্রিপশন",
        FigureName.LogoChurnOnBeach => "বিরতিতে হারানো ÷ শুরুর সাবস্ক্রিপশন",
        FigureName.QuickRatio => "(নতুন + বৃদ্ধি + ফিরে আসা) ÷ (হ্রাস + হারানো)",
        FigureName.LifetimeValue => "শুরু ÷ হারানো সাবস্ক্রিপশন: গড় আয় ÷ মাসে হারানোর হার",
        FigureName.AcquisitionCost => "মাসে যা খরচ লেখা হয়েছে ÷ নতুন সাবস্ক্রিপশন",
        FigureName.Payback => "মাসে যা খরচ লেখা হয়েছে ÷ নতুন MRR, মাসে",
    }];

    /// <summary>Which movements stand behind it, if one kind alone does.</summary>
    public static MrrMovementKind? Behind(FigureName name) => name switch
    {
        FigureName.RevenueChurnVoluntary or FigureName.LogoChurnVoluntary => MrrMovementKind.VoluntaryChurn,
        FigureName.RevenueChurnInvoluntary or FigureName.LogoChurnInvoluntary => MrrMovementKind.InvoluntaryChurn,
        FigureName.RevenueChurnOnBeach or FigureName.LogoChurnOnBeach => MrrMovementKind.LostOnBeach,
        FigureName.AcquisitionCost or FigureName.Payback => MrrMovementKind.New,
        _ => null,
    };

    public static string Of(Maturity maturity, Tongue t) => maturity switch
    {
        Maturity.Known => t["known", "জানা"],
        Maturity.Running => t["not over yet", "এখনও চলছে"],
        Maturity.NotEnoughData => t["too few", "যথেষ্ট নয়"],
        Maturity.NotDefined => "–",
    };
}
