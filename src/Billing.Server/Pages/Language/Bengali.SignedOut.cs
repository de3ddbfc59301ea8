using Billing.Server.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Leaving without signing in.</content>
internal sealed partial class Bengali
{
    public override string LeaveHere => "সাবস্ক্রিপশন বাতিল করুন";
    public override string LeaveTitle => "সাবস্ক্রিপশন বাতিল করুন";
    public override string LeaveLead => "সাইন ইন করতে হবে না। আপনার ঠিকানায় একটি মেইল পাঠাব; তাতে একটি ক্লিক করলেই হয়ে যাবে।";
    public override string LeaveEmail => "আপনার ইমেইল ঠিকানা";
    public override string LeaveNumber => "গ্রাহক বা সাবস্ক্রিপশন নম্বর, হাতের কাছে থাকলে";
    public override string LeaveKind => "কীভাবে বাতিল করতে চান?";
    public override string LeaveOrdinary => "যত দিনের দাম দেওয়া আছে তার শেষে";
    public override string LeaveExtraordinary => "বিশেষ কারণে; একজন মানুষ দেখে আপনাকে লিখবেন";
    public override string LeaveCause => "কারণ, যদি কোনো কারণে বাতিল করেন";
    public override string LeaveWishedEnd => "পরের কোনো দিন চাইলে লিখুন; না হলে যত তাড়াতাড়ি সম্ভব";
    public override string LeaveSend => "পাঠান";
    public override string LeaveCheck => "অনুগ্রহ করে আরেকবার দেখুন: ইমেইল ঠিকানা লাগবে, বিশেষ কারণ হলে কারণটিও (সর্বোচ্চ ৫০০ অক্ষর), আর দিনটি দুই বছরের মধ্যে হতে হবে।";
    public override string LeaveAskedTitle => "ধন্যবাদ, এবার আপনার মেইল দেখুন";
    public override string LeaveAsked =>
        "এই ঠিকানায় যদি এখান থেকে বাতিল করা যায় এমন কোনো সাবস্ক্রিপশন থাকে, তবে লিংকসহ একটি মেইল যাচ্ছে। লিংকটি এক দিন কাজ করবে। ক্লিক করার আগে কিছুই বাতিল হবে না। কয়েক মিনিটেও মেইল না পেলে স্প্যাম দেখুন, অ্যাপ থেকে আপনার বিলের পাতা খুলুন, অথবা আমাদের লিখুন। এক ঠিকানায় ঘণ্টায় একটিই মেইল যায়।";
    public override string LeaveConfirmTitle => "এখন বাতিল করবেন?";
    public override string LeaveConfirmButton => "বাতিল করুন";
    public override string LeaveLinkUsedTitle => "এই লিংক আর কাজ করছে না";
    public override string LeaveLinkUsed => "বাতিলের লিংক একবার, এক দিনের মধ্যে কাজ করে। আপনিই ব্যবহার করে থাকলে নিশ্চিতকরণের মেইল আপনার কাছে যাচ্ছে। না হলে নতুন লিংক চাইতে পারেন।";
    public override string LeftTitle => "বাতিল হয়েছে";
    public override string Left(string plan, LocalDate end) =>
        $"{plan} শেষ হবে: {Formats.Date(end.PlusDays(-1))} আপনার শেষ দিন। বাতিলের তারিখ ও সময়সহ একটি মেইল আপনার কাছে যাচ্ছে।";
    public override string LeavingSignedOut(string plan, LocalDate end) =>
        $"{plan} শেষ হবে: {Formats.Date(end.PlusDays(-1))} আপনার শেষ দিন, তার পরের কোনো মেয়াদের টাকা কাটা হবে না। ততদিন পর্যন্ত মত বদলাতে পারবেন। {LeaveKeeps}";

    public override string ConfirmLeaveSubject(string merchant) => $"{merchant}: বাতিল করতে চান কি না নিশ্চিত করুন";
    public override string ConfirmLeaveLetter(string merchant, IReadOnlyList<(string Plan, string Link)> asked) => $"""
        নমস্কার,

        কেউ একজন এই ঠিকানা দিয়ে বাতিল করতে বলেছেন। আপনি হলে এখানে ক্লিক করে বোতামটি চাপুন:

        {string.Join("\n\n", asked.Select(a => $"{a.Plan}:\n{a.Link}"))}

        লিংকটি একবার, এক দিনের মধ্যে কাজ করে। আপনি না হলে কিছু করতে হবে না: সব আগের মতোই থাকবে।

        {merchant}
        """;

    public override string LeftSubject(string merchant, string plan) => $"{merchant}: আপনি {plan} বাতিল করেছেন";
    public override string LeftText(string merchant, LeftLetter left) => $"""
        নমস্কার,

        আপনি {left.Plan} বাতিল করেছেন।

        পাওয়া গেছে: {Moment(left.ReceivedAt)}
        নিশ্চিত হয়েছে: {Moment(left.ConfirmedAt)}
        ধরন: {(left.Extraordinary ? $"বিশেষ কারণে: {left.Text}" : "সাধারণ")}
        শেষ দিন: {Formats.Date(left.End.PlusDays(-1))}; তার পরের কোনো মেয়াদের টাকা কাটা হবে না।
        {(left.Extraordinary ? "আপনার দেওয়া কারণ একজন মানুষ দেখবেন, এবং আরও আগে শেষ করা যায় কি না তা আপনাকে লিখবেন।" : LeaveKeeps)}

        মত বদলেছে? ততদিন পর্যন্ত আপনার বিলের পাতায় এটি ফিরিয়ে নিতে পারবেন।

        {merchant}
        """;
}
