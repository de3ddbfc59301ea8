using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Staff;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>Kindness while a payment is open: a person steps into the automatic sequence.</summary>
internal static class DunningActs
{
    private const int AWeek = 7;

    public static readonly Act Grace = new(
        "grace", StaffRole.Support, ActOn.Customer, NeedsWhy: true,
        t => t["Give time", "সময় দিন"],
        t => t["Nothing is tried, written or parked before that day.", "সেই দিনের আগে কোনো চেষ্টা, বার্তা বা স্থগিত হবে না।"],
        f => f.Case is { IsOpen: true },
        f => [new("until", f.T["Until", "কবে পর্যন্ত"], FieldKind.Date, f.Customer.Today(f.Desk.Now).PlusDays(AWeek).Iso())],
        (f, given) => (send, stop) => send.Send(new ExtendGrace(f.Customer.Id.Value, new(given["until"], given["why"])), stop));

    public static readonly Act Day = new(
        "day-to-pay", StaffRole.Support, ActOn.Customer, NeedsWhy: false,
        t => t["Note a day to pay", "টাকা দেওয়ার দিন লিখুন"],
        t => t["The customer named a day; nothing is asked until that morning.", "গ্রাহক একটি দিন বলেছেন; সেই সকালের আগে কিছু চাওয়া হবে না।"],
        f => f.Case is { IsOpen: true },
        f => [new("day", f.T["Which day", "কোন দিন"], FieldKind.Date, f.Customer.Today(f.Desk.Now).PlusDays(AWeek).Iso())],
        (f, given) => (send, stop) => send.Send(new ChooseDayToPay(f.Customer.Id.Value, new(given["day"])), stop));

    public static readonly Act Personal = new(
        "personal", StaffRole.Support, ActOn.Customer, NeedsWhy: true,
        t => t["I write in person", "আমি নিজে লিখছি"],
        t => t["The next automatic message is not sent: one voice speaks.", "পরের স্বয়ংক্রিয় বার্তা যাবে না: একজনই কথা বলে।"],
        f => f.Case is { IsOpen: true },
        _ => [],
        (f, given) => (send, stop) => send.Send(new WritePersonally(f.Customer.Id.Value, new(given["why"])), stop));

    public static readonly Act Forgive = new(
        "forgive", StaffRole.Finance, ActOn.Customer, NeedsWhy: true,
        t => t["Forgive what is open", "বাকি মাফ করুন"],
        t => t["What is due is credited, and asking ends.", "বাকি টাকা ফেরতপত্রে মাফ হবে, চাওয়া শেষ হবে।"],
        f => f.Case is { IsLive: true },
        _ => [],
        (f, given) => (send, stop) => send.Send(new ForgiveOpen(f.Customer.Id.Value, new(given["why"])), stop));

    public static readonly Act Stop = new(
        "stop-asking", StaffRole.Support, ActOn.Customer, NeedsWhy: true,
        t => t["Stop asking", "চাওয়া বন্ধ করুন"],
        t => t["For good; it stays owed.", "চিরতরে; টাকা বাকিই থাকবে।"],
        f => f.Case is { IsLive: true },
        _ => [],
        (f, given) => (send, stop) => send.Send(new StopAsking(f.Customer.Id.Value, new(given["why"])), stop));

    public static readonly Act Exempt = new(
        "exempt", StaffRole.Support, ActOn.Customer, NeedsWhy: true,
        t => t["Never ask by itself", "নিজে থেকে কখনও চাইবেন না"],
        t => t["Only people ask this customer for money from now on.", "এখন থেকে কেবল মানুষ এই গ্রাহকের কাছে টাকা চাইবে।"],
        f => !f.Customer.IsExempt,
        _ => [],
        (f, given) => (send, stop) => send.Send(new ExemptCustomer(f.Customer.Id.Value, new(true, given["why"])), stop));

    public static readonly Act Include = new(
        "include", StaffRole.Support, ActOn.Customer, NeedsWhy: true,
        t => t["Ask by itself again", "আবার নিজে থেকে চান"],
        t => t["Failed payments are asked for as for everybody.", "অন্য সবার মতোই না পাওয়া টাকা চাওয়া হবে।"],
        f => f.Customer.IsExempt,
        _ => [],
        (f, given) => (send, stop) => send.Send(new ExemptCustomer(f.Customer.Id.Value, new(false, given["why"])), stop));

    public static readonly IReadOnlyList<Act> All = [Grace, Day, Personal, Forgive, Stop, Exempt, Include];
}
