using System.Globalization;

namespace Amends.Features.Shared;

/// <summary>
/// A company's colour for text, buttons and light grounds on both themes. Each shade is moved towards black or white
/// until it can be read: at least 4.5 to 1 (WCAG 2.2, 1.4.3).
/// </summary>
public sealed class Shades
{
    private const double Readable = 4.5;
    private static readonly Rgb White = new(255, 255, 255), Black = new(0, 0, 0), LightGround = new(247, 245, 241), DarkGround = new(20, 22, 27);
    private readonly Rgb _button, _ink, _darkInk;
    private readonly Rgb _softLight, _softDark;

    private Shades(Rgb brand)
    {
        Id = brand.Hex[1..];
        _softLight = brand.Towards(White, .9);
        _softDark = brand.Towards(DarkGround, .75);
        _button = Until(brand, Black, shade => Contrast(shade, White));
        _ink = Until(_button.Towards(Black, .12), Black, shade => Math.Min(Contrast(shade, LightGround), Contrast(shade, _softLight)));
        _darkInk = Until(brand, White, shade => Math.Min(Contrast(shade, DarkGround), Contrast(shade, _softDark)));
    }

    /// <summary>The colour's digits; changes with it, so that browsers fetch the sheet again.</summary>
    public string Id { get; }

    /// <summary>The shades of a colour like <c>#1f6b5c</c>; <c>null</c> when it is none.</summary>
    public static Shades? Of(string? colour) =>
        colour is ['#', .. { Length: 6 } digits] && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new Shades(new Rgb((value >> 16) & 255, (value >> 8) & 255, value & 255))
            : null;

    /// <summary>A style sheet that puts them in place of ours.</summary>
    public string Sheet() =>
        $$"""
        @layer pages {
          .portal { --p: light-dark({{_button.Hex}}, {{_darkInk.Hex}}); --p-soft: light-dark({{_softLight.Hex}}, {{_softDark.Hex}}); --p-ink: light-dark({{_ink.Hex}}, {{_darkInk.Hex}}); --accent: {{_button.Hex}}; --accent-hover: {{_button.Towards(Black, .15).Hex}}; --accent-ink: light-dark({{_ink.Hex}}, {{_darkInk.Hex}}); --accent-soft: light-dark({{_softLight.Hex}}, {{_softDark.Hex}}); }
          .brandbar .logo { background: {{_button.Hex}}; }
        }
        """;

    /// <summary>How well two colours can be told apart, 1 to 21, as WCAG 2.2 computes it.</summary>
    internal static double Contrast(Rgb one, Rgb other)
    {
        var (light, dark) = one.Luminance > other.Luminance ? (one.Luminance, other.Luminance) : (other.Luminance, one.Luminance);
        return (light + .05) / (dark + .05);
    }

    private static Rgb Until(Rgb start, Rgb towards, Func<Rgb, double> contrast)
    {
        for (var step = 0; step <= 20; step++)
        {
            var shade = start.Towards(towards, step / 20d);
            if (contrast(shade) >= Readable)
                return shade;
        }

        return towards;
    }

    internal readonly record struct Rgb(int R, int G, int B)
    {
        public string Hex => $"#{R:x2}{G:x2}{B:x2}";
        public double Luminance => .2126 * Linear(R) + .7152 * Linear(G) + .0722 * Linear(B);
        public Rgb Towards(Rgb other, double part) => new(Mix(R, other.R, part), Mix(G, other.G, part), Mix(B, other.B, part));
        private static int Mix(int from, int to, double part) => (int)Math.Round(from + (to - from) * part);
        private static double Linear(int channel) => channel / 255d is var c && c <= .04045 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4);
    }
}
