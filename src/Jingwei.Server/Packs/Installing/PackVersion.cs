using System.Globalization;

namespace Jingwei.Server.Packs.Installing;

/// <summary>The order of semantic versions (semver.org, section 11).</summary>
public static class PackVersion
{
    /// <summary>Below zero when the first is older, above zero when it is newer.</summary>
    public static int Compare(string one, string other)
    {
        var ((core, early), (otherCore, otherEarly)) = (Cut(one), Cut(other));
        var numbers = core.Split('.').Zip(otherCore.Split('.'), (a, b) => CompareNumbers(a, b)).FirstOrDefault(order => order != 0);
        return numbers != 0 ? numbers
            : early.Length == 0 || otherEarly.Length == 0 ? otherEarly.Length.CompareTo(early.Length)
            : CompareEarly(early.Split('.'), otherEarly.Split('.'));
    }

    // What follows a plus says nothing about the order.
    private static (string Core, string Early) Cut(string version)
    {
        var plain = version.Split('+')[0];
        var dash = plain.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (plain, "") : (plain[..dash], plain[(dash + 1)..]);
    }

    private static int CompareEarly(string[] one, string[] other)
    {
        var order = one.Zip(other, CompareParts).FirstOrDefault(each => each != 0);
        return order != 0 ? order : one.Length.CompareTo(other.Length);
    }

    private static int CompareParts(string one, string other) => (IsNumber(one), IsNumber(other)) switch
    {
        (true, true) => CompareNumbers(one, other),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(one, other),
    };

    private static int CompareNumbers(string one, string other) =>
        System.Numerics.BigInteger.Parse(one, CultureInfo.InvariantCulture).CompareTo(System.Numerics.BigInteger.Parse(other, CultureInfo.InvariantCulture));

    private static bool IsNumber(string part) => part.All(char.IsAsciiDigit);
}
