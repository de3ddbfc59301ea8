using System.Globalization;

namespace Billing.Server.Pages;

/// <summary>
/// How the pages look when a merchant says so: section <c>Billing:Merchant</c>, settings <c>Logo</c>, <c>Colour</c> and
/// <c>DarkColour</c>. What nobody could read keeps the server from starting.
/// </summary>
/// <param name="Css">The tokens that differ from ours; none when nothing was said.</param>
/// <param name="Logo">The file of the logo; none when there is none.</param>
public sealed record Theme(string? Css, string? Logo)
{
    /// <summary>The least contrast of text (WCAG 2.2, level AA).</summary>
    public const double LeastContrast = 4.5;

    /// <summary>The first page is to stay small.</summary>
    public const int LargestLogo = 40 * 1024;

    private const double WashShare = 0.12;
    private static readonly string[] LogoKinds = [".svg", ".png", ".webp"];

    // The paper and cards of billing.css, in the light and in the dark.
    private static readonly Colour[] Light = [new(0xf6, 0xf4, 0xef), new(0xff, 0xfe, 0xfb)], Dark = [new(0x10, 0x19, 0x1d), new(0x18, 0x24, 0x2a)];
    private static readonly Colour White = new(0xff, 0xff, 0xff), Night = new(0x0c, 0x1c, 0x20);

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says why.</exception>
    public static Theme From(IConfiguration configuration)
    {
        var merchant = configuration.GetSection("Billing:Merchant");
        return new(CssOf(merchant["Colour"], merchant["DarkColour"]), LogoOf(merchant["Logo"]));
    }

    private static string? CssOf(string? light, string? dark)
    {
        if (light is null && dark is null) return null;
        if (light is null) throw new InvalidOperationException("Billing:Merchant:DarkColour needs a Billing:Merchant:Colour beside it.");
        var bright = Colour.Read(light, "Billing:Merchant:Colour");
        MustBeReadable(bright, Light, "Billing:Merchant:Colour", "a darker one");
        var atNight = dark is null ? Lightened(bright) : Colour.Read(dark, "Billing:Merchant:DarkColour");
        MustBeReadable(atNight, Dark, "Billing:Merchant:DarkColour", "a lighter one");
        return $$"""
            :root { {{Tokens(bright, Light)}} }
            @media (prefers-color-scheme: dark) { :root { {{Tokens(atNight, Dark)}} } }
            """;
    }

    private static string Tokens(Colour colour, Colour[] grounds) =>
        $"--sea: {colour}; --sea-ink: {InkOn(colour)}; --sea-wash: {colour.Over(grounds[1], WashShare)};";

    private static void MustBeReadable(Colour colour, Colour[] grounds, string setting, string wish)
    {
        var least = grounds.Append(colour.Over(grounds[1], WashShare)).Select(g => colour.Contrast(g)).Append(InkOn(colour).Contrast(colour)).Min();
        if (least >= LeastContrast) return;
        var found = least.ToString("0.0", CultureInfo.InvariantCulture);
        throw new InvalidOperationException(
            $"{setting} {colour} has a contrast of {found} where text needs {LeastContrast.ToString(CultureInfo.InvariantCulture)}: choose {wish}.");
    }

    /// <summary>The same colour, as much lighter as the dark needs.</summary>
    private static Colour Lightened(Colour colour)
    {
        const int Steps = 20;
        return Enumerable.Range(0, Steps + 1).Select(step => White.Over(colour, (double)step / Steps))
            .First(c => Dark.Append(c.Over(Dark[1], WashShare)).All(g => c.Contrast(g) >= LeastContrast));
    }

    private static Colour InkOn(Colour colour) => White.Contrast(colour) >= Night.Contrast(colour) ? White : Night;

    private static string? LogoOf(string? path)
    {
        if (path is null) return null;
        var file = new FileInfo(path);
        if (!file.Exists) throw new InvalidOperationException($"Billing:Merchant:Logo names {path}, which is not there.");
        if (!LogoKinds.Contains(file.Extension)) throw new InvalidOperationException("Billing:Merchant:Logo is a .svg, .png or .webp.");
        return file.Length <= LargestLogo
            ? path
            : throw new InvalidOperationException($"Billing:Merchant:Logo has {file.Length / 1024} kB; {LargestLogo / 1024} are enough.");
    }

    private readonly record struct Colour(byte Red, byte Green, byte Blue)
    {
        public static Colour Read(string text, string setting) =>
            text is ['#', .. { Length: 6 } digits] && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                ? new((byte)(number >> 16), (byte)(number >> 8 & 0xff), (byte)(number & 0xff))
                : throw new InvalidOperationException($"{setting} is written like #0b5d66.");

        /// <summary>A share of it over a ground.</summary>
        public Colour Over(Colour ground, double share) =>
            new(Mix(Red, ground.Red, share), Mix(Green, ground.Green, share), Mix(Blue, ground.Blue, share));

        /// <summary>1 to 21, as WCAG counts it.</summary>
        public double Contrast(Colour other)
        {
            var (one, two) = (Luminance, other.Luminance);
            return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
        }

        public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

        private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

        private static double Linear(byte part)
        {
            var share = part / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        private static byte Mix(byte over, byte ground, double share) => (byte)Math.Round(over * share + ground * (1 - share));
    }
}
