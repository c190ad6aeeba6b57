using System.Globalization;
using System.Text.RegularExpressions;
using Jingwei.Identifiers.Gs1.Content;
using Jingwei.Identifiers.Gs1.Elements;
using Jingwei.Tests;

namespace Jingwei.Conformance.Gs1;

/// <summary>The table of Application Identifiers against GS1's Barcode Syntax Dictionary, in which every one is described for programs.</summary>
[Trait("Category", "Vectors")]
public sealed partial class SyntaxDictionaryTests
{
    private static readonly Dictionary<string, ContentCheck> Linters = new(StringComparer.Ordinal)
    {
        ["csum"] = ContentCheck.CheckDigit,
        ["csumalpha"] = ContentCheck.CheckPair,
        ["gcppos1"] = ContentCheck.CompanyPrefix,
        ["gcppos2"] = ContentCheck.CompanyPrefixSecond,
        ["yymmdd"] = ContentCheck.Date,
        ["yymmd0"] = ContentCheck.DateOrMonth,
        ["yyyymmdd"] = ContentCheck.FullDate,
        ["hh"] = ContentCheck.Hours,
        ["mi"] = ContentCheck.Minutes,
        ["ss"] = ContentCheck.Seconds,
        ["hhmi"] = ContentCheck.HoursAndMinutes,
        ["iso3166"] = ContentCheck.Country,
        ["iso3166999"] = ContentCheck.CountryOrNone,
        ["iso3166alpha2"] = ContentCheck.CountryAlpha2,
        ["iso4217"] = ContentCheck.Currency,
        ["iso5218"] = ContentCheck.Sex,
        ["pcenc"] = ContentCheck.PercentEncoded,
        ["yesno"] = ContentCheck.YesOrNo,
        ["hyphen"] = ContentCheck.MinusSign,
        ["nonzero"] = ContentCheck.NotZero,
        ["zero"] = ContentCheck.Zero,
        ["nozeroprefix"] = ContentCheck.NoLeadingZero,
        ["winding"] = ContentCheck.Winding,
        ["iban"] = ContentCheck.BankAccount,
        ["latitude"] = ContentCheck.Latitude,
        ["longitude"] = ContentCheck.Longitude,
        ["mediatype"] = ContentCheck.MediaType,
        ["packagetype"] = ContentCheck.PackageType,
        ["importeridx"] = ContentCheck.ImporterIndex,
        ["pieceoftotal"] = ContentCheck.PieceOfTotal,
        ["posinseqslash"] = ContentCheck.PlaceInSequence,
        ["couponcode"] = ContentCheck.Coupon,
        ["couponposoffer"] = ContentCheck.CouponOffer,
        ["hasnondigit"] = ContentCheck.HasNonDigit,
    };

    [Fact]
    public void Every_identifier_is_described_as_in_the_dictionary()
    {
        var lines = File.ReadAllLines(External.Vectors("gs1-digital-link", "open", "gs1-syntax-dictionary.txt")).Where(line => line.Length > 0 && char.IsAsciiDigit(line[0])).ToList();
        var codes = lines.SelectMany(Codes).ToList();
        Assert.Equal(codes.Order(StringComparer.Ordinal), ApplicationIdentifier.All.Select(identifier => identifier.Code).Order(StringComparer.Ordinal));
        foreach (var line in lines)
        {
            foreach (var code in Codes(line))
            {
                Assert.Equal($"{code}{line[line.IndexOf(' ', StringComparison.Ordinal)..]}".Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Describe(ApplicationIdentifier.Find(code)!).Order());
                Assert.Equal(line.Contains('#') ? line[(line.IndexOf('#') + 1)..].Trim() : "", ApplicationIdentifier.Find(code)!.Title);
            }
        }
    }

    private static IEnumerable<string> Codes(string line)
    {
        var range = RangeOfCodes().Match(line);
        var first = int.Parse(range.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var last = range.Groups[2].Success ? int.Parse(range.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : first;
        return Enumerable.Range(first, last - first + 1).Select(code => code.ToString(CultureInfo.InvariantCulture).PadLeft(range.Groups[1].Length, '0'));
    }

    // The words of the dictionary's own syntax that describe an identifier; the dictionary allows them in one order, the test in any.
    private static IEnumerable<string> Describe(ApplicationIdentifier identifier)
    {
        yield return identifier.Code;
        var flags = (identifier.IsPredefinedLength ? "*" : "") + (identifier.IsLinkAttribute ? "?" : "");
        if (flags.Length > 0)
        {
            yield return flags;
        }

        foreach (var part in identifier.Parts)
        {
            var format = "NXYZ"[(int)part.Set] + (part.Shortest == part.Longest ? "" : "..") + part.Longest;
            yield return string.Join(',', part.Checks.Select(check => Linters.Single(linter => linter.Value == check).Key).Prepend(part.IsOptional ? $"[{format}]" : format));
        }

        if (!identifier.Companions.IsEmpty)
        {
            yield return "req=" + string.Join(',', identifier.Companions.Select(group => string.Join('+', group)));
        }

        if (!identifier.Exclusions.IsEmpty)
        {
            yield return "ex=" + string.Join(',', identifier.Exclusions);
        }

        if (identifier.IsLinkKey)
        {
            yield return identifier.Qualifiers.IsEmpty ? "dlpkey" : "dlpkey=" + string.Join('|', identifier.Qualifiers.Select(order => string.Join(',', order)));
        }
    }

    [GeneratedRegex(@"^(\d+)(?:-(\d+))?\s")]
    private static partial Regex RangeOfCodes();
}
