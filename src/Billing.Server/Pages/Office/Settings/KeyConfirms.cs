using Billing.Server.Http;
using Billing.Server.Pages.Office.Acts;

namespace Billing.Server.Pages.Office.Settings;

/// <summary>What replacing or ending a program's key would mean.</summary>
internal static class KeyConfirms
{
    private const string Home = "/office/settings";

    public static Confirm Replacing(ApiKey key, int overlap, Tongue t) => Of(
        key, "rotate", t["Replace the key", "চাবি বদলান"], t,
        [
            t["A new key with the same rights is made and shown once.", "একই অধিকারের নতুন চাবি তৈরি হবে, একবারই দেখানো হবে।"],
            t[$"The old one works beside it for {overlap} hours, then ends.", $"পুরোনোটি পাশে {t.F.Number(overlap)} ঘণ্টা চলবে, তারপর শেষ।"],
        ]);

    public static Confirm Ending(ApiKey key, Tongue t) => Of(
        key, "revoke", t["End the key at once", "চাবি এখনই বন্ধ করুন"], t,
        [
            t["Whatever program uses it is refused from the next request on.", "যে প্রোগ্রাম এটি ব্যবহার করে তাকে পরের অনুরোধ থেকেই ফিরিয়ে দেওয়া হবে।"],
            t["It cannot be taken back; a new key can be made.", "এটি ফেরানো যায় না; নতুন চাবি বানানো যায়।"],
        ]);

    private static Confirm Of(ApiKey key, string act, string title, Tongue t, IReadOnlyList<string> effects) => new(
        $"{Home}/keys/{key.Id}/{act}", title, key.Name, effects, OfficeSection.Settings, (Home, t["Settings", "সেটিংস"]));
}
