using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Tests.Console;

/// <summary>A strict reader of Prometheus' text exposition format 0.0.4, from its description; fails the test on anything else.</summary>
internal static partial class ExpositionFormat
{
    /// <summary>The samples by name and labels, as written.</summary>
    public static Dictionary<string, double> Read(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        var families = new HashSet<string>(StringComparer.Ordinal);
        var (helped, typed, kind) = ("", "", "");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                helped = help.Groups["name"].Value;
                Assert.True(families.Add(helped), $"{helped} comes in two places.");
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                (typed, kind) = (type.Groups["name"].Value, type.Groups["kind"].Value);
                Assert.Equal(helped, typed);
                Assert.Equal(kind == "counter", typed.EndsWith("_total", StringComparison.Ordinal));
            }
            else
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, $"Not a line of the format: {line}");
                Assert.Equal(typed, sample.Groups["name"].Value);
                var labels = sample.Groups["label"].Captures.Select(capture => capture.Value).ToList();
                Assert.Equal(labels.Count, labels.Distinct(StringComparer.Ordinal).Count());
                var value = double.Parse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
                Assert.True(kind != "counter" || value >= 0, line);
                samples.Add(line[..line.LastIndexOf(' ')], value);
            }
        }

        return samples;
    }

    [GeneratedRegex(@"\A# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)+\z")]
    private static partial Regex Help();

    [GeneratedRegex(@"\A# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<kind>counter|gauge)\z")]
    private static partial Regex Type();

    [GeneratedRegex(
        """\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\]|\\\\|\\"|\\n)*"(?:,(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\]|\\\\|\\"|\\n)*")*\})? (?<value>[+-]?(?:[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|Inf)|NaN)\z""")]
    private static partial Regex Sample();
}
