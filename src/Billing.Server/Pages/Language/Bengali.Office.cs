namespace Billing.Server.Pages.Language;

/// <content>The way in to the office.</content>
internal sealed partial class Bengali
{
    public override string OfficeTitle => "অফিস";
    public override string OfficeSignIn => "আপনার কাজের মেইল ঠিকানা লিখুন, আমরা একটি লিংক পাঠাব। লিংকটি একবার, পনেরো মিনিটের মধ্যে কাজ করে। কোনো পাসওয়ার্ড নেই।";
    public override string AskForLink => "আমাকে লিংক পাঠান";
    public override string LinkSentTitle => "মেইল দেখুন";
    public override string LinkSent => "ঠিকানাটি এখানকার কারও হলে তাতে একটি লিংক যাচ্ছে। লিংকটি একবার, পনেরো মিনিটের মধ্যে কাজ করে। কয়েক মিনিটেও না এলে যিনি আপনাকে আমন্ত্রণ করেছেন তাঁকে জিজ্ঞেস করুন।";
    public override string NotAnAddress => "এটি মেইল ঠিকানার মতো লাগছে না। অনুগ্রহ করে আরেকবার দেখুন।";
    public override string WorkAddress => "আপনার কাজের মেইল ঠিকানা";
    public override string NotYourTaskTitle => "এটি অন্য কারও কাজ";
    public override string NotYourTask => "আপনার ভূমিকায় এই পাতা নেই। কোনো ভুল হয়নি, কিছুই বদলায়নি। কাজে দরকার হলে একজন অ্যাডমিন আপনাকে অন্য ভূমিকা দিতে পারেন।";
    public override string BackToOffice => "অফিসে ফিরে যান";
    public override string SignInSubject(string merchant) => $"{merchant}-এর অফিসে ঢোকার লিংক";
    public override string SignInLetter(string name, string merchant, string link) =>
        $"""
        {name},

        {merchant}-এর অফিসের লিংক:

        {link}

        এটি একবার, পনেরো মিনিটের মধ্যে কাজ করে। আপনি না চেয়ে থাকলে কিছু করতে হবে না: এই মেইল ছাড়া কেউ ঢুকতে পারবে না।
        """;
}
