using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>Fills in what stands in braces.</summary>
internal static partial class Wording
{
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    /// <summary>Puts words in place of their names; a name that is not known stays.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> words) =>
        Name().Replace(text, match => words.GetValueOrDefault(match.Groups[1].Value, match.Value));

    /// <summary>Puts times in: {began} and {at} by the clock, {date} the day on which it began.</summary>
    public static string Date(string text, DateTimeOffset began, DateTimeOffset at) => Fill(text, new Dictionary<string, string>
    {
        ["began"] = Clock(began),
        ["at"] = Clock(at),
        ["date"] = began.ToOffset(ChinaStandardTime).ToString("M月d日", CultureInfo.InvariantCulture),
    });

    private static string Clock(DateTimeOffset time) => time.ToOffset(ChinaStandardTime).ToString("H时mm分", CultureInfo.InvariantCulture);

    [GeneratedRegex("\\{([a-z]+)\\}")]
    private static partial Regex Name();
}
