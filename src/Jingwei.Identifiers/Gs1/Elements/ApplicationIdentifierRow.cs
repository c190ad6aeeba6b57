using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Identifiers.Gs1.Content;

namespace Jingwei.Identifiers.Gs1.Elements;

/// <summary>Reads the rows of <see cref="ApplicationIdentifierTable"/>.</summary>
internal static class ApplicationIdentifierRow
{
    private static readonly Dictionary<string, ContentCheck> Checks = new(StringComparer.Ordinal)
    {
        ["digit"] = ContentCheck.CheckDigit,
        ["pair"] = ContentCheck.CheckPair,
        ["prefix"] = ContentCheck.CompanyPrefix,
        ["prefix2"] = ContentCheck.CompanyPrefixSecond,
        ["date"] = ContentCheck.Date,
        ["month"] = ContentCheck.DateOrMonth,
        ["birth"] = ContentCheck.FullDate,
        ["hour"] = ContentCheck.Hours,
        ["minute"] = ContentCheck.Minutes,
        ["second"] = ContentCheck.Seconds,
        ["time"] = ContentCheck.HoursAndMinutes,
        ["country"] = ContentCheck.Country,
        ["country999"] = ContentCheck.CountryOrNone,
        ["country2"] = ContentCheck.CountryAlpha2,
        ["currency"] = ContentCheck.Currency,
        ["sex"] = ContentCheck.Sex,
        ["percent"] = ContentCheck.PercentEncoded,
        ["yesno"] = ContentCheck.YesOrNo,
        ["minus"] = ContentCheck.MinusSign,
        ["nonzero"] = ContentCheck.NotZero,
        ["zero"] = ContentCheck.Zero,
        ["nolead"] = ContentCheck.NoLeadingZero,
        ["winding"] = ContentCheck.Winding,
        ["iban"] = ContentCheck.BankAccount,
        ["latitude"] = ContentCheck.Latitude,
        ["longitude"] = ContentCheck.Longitude,
        ["media"] = ContentCheck.MediaType,
        ["package"] = ContentCheck.PackageType,
        ["importer"] = ContentCheck.ImporterIndex,
        ["piece"] = ContentCheck.PieceOfTotal,
        ["position"] = ContentCheck.PlaceInSequence,
        ["coupon"] = ContentCheck.Coupon,
        ["offer"] = ContentCheck.CouponOffer,
        ["nondigit"] = ContentCheck.HasNonDigit,
    };

    internal static IEnumerable<ApplicationIdentifier> ReadAll(string rows) => rows.Split('\n').SelectMany(Read);

    private static IEnumerable<ApplicationIdentifier> Read(string row)
    {
        var clauses = row.Split(" ; ");
        var head = clauses[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var codes = head[0].Split('-');
        var first = Number(codes[0]);
        for (var code = first; code <= Number(codes[^1]); code++)
        {
            yield return new()
            {
                Code = code.ToString(CultureInfo.InvariantCulture).PadLeft(codes[0].Length, '0'),
                Title = Clause(clauses, "\"")?.TrimEnd('"') ?? "",
                Parts = [.. head[2].Split('+').Select(Part)],
                IsPredefinedLength = head[1].Contains('='),
                IsLinkAttribute = head[1].Contains('&'),
                Companions = [.. Split(Clause(clauses, "with "), ',').Select(group => Split(group, '+'))],
                Exclusions = Split(Clause(clauses, "not "), ','),
                IsLinkKey = Clause(clauses, "key ") is not null,
                Qualifiers = [.. Split(Clause(clauses, "key ")?.TrimStart('-'), '|').Select(order => Split(order, ','))],
            };
        }
    }

    private static ElementPart Part(string text)
    {
        var isOptional = text.EndsWith('?');
        var (format, checks) = text.TrimEnd('?').Split(':') is [var left, var right] ? (left, right) : (text.TrimEnd('?'), "");
        var set = format[0] switch { 'n' => CharacterSet.Digits, 'y' => CharacterSet.Set39, 'z' => CharacterSet.Set64, _ => CharacterSet.Set82 };
        var longest = Number(format[1..].TrimStart('.'));
        return new(set, format[1] == '.' ? 1 : longest, longest, isOptional, [.. Split(checks, ',').Select(check => Checks[check])]);
    }

    private static string? Clause(string[] clauses, string start) =>
        clauses.Skip(1).FirstOrDefault(clause => clause.StartsWith(start, StringComparison.Ordinal))?[start.Length..];

    private static ImmutableArray<string> Split(string? list, char separator) =>
        string.IsNullOrEmpty(list) ? [] : [.. list.Split(separator)];

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
