using System.Globalization;
using System.Text.RegularExpressions;

namespace Jingwei.Civic.Open311;

/// <summary>Takes single values from parameters and gathers what is wrong with them. An empty one is none (GeoReport v2, Optional Arguments).</summary>
internal sealed partial class ParameterReader(IReadOnlyDictionary<string, IReadOnlyList<string>> parameters, Open311Limits limits)
{
    public List<Open311Error> Errors { get; } = [];

    public void Refuse(string why, int code = 400) => Errors.Add(new(code, why));

    public string? Text(string name, int? longest = null)
    {
        var values = Given(name);
        if (values.Length > 1)
        {
            Refuse($"{name} is given {values.Length} times.");
        }

        var value = values.Length > 0 ? values[0] : null;
        if (value?.Length > (longest ?? limits.Value))
        {
            Refuse($"{name} is longer than {longest ?? limits.Value} characters.");
        }

        return value;
    }

    /// <summary>Several values: repeated, or with commas between.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. Given(name).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    public double? Degrees(string name, double greatest)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= greatest)
        {
            return number;
        }

        Refuse($"{name} is no number from -{greatest} to {greatest}: {text}");
        return null;
    }

    /// <summary>W3C's subset of ISO 8601 with the time of day; an offset must be there.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Open311Time(text) is { } time)
        {
            return time;
        }

        Refuse($"{name} is no date and time with an offset, as 2010-01-01T00:00:00Z: {text}");
        return null;
    }

    public int? Whole(string name, int greatest)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= greatest)
        {
            return number;
        }

        Refuse($"{name} is no whole number from 1 to {greatest}: {text}");
        return null;
    }

    /// <summary>The jurisdiction that is meant. Required only where there are several; else whatever is given is passed over.</summary>
    public string? Jurisdiction(IReadOnlyCollection<string> known)
    {
        const string Name = "jurisdiction_id";
        var given = Text(Name);
        if (known.Count > 1 && given is null)
        {
            Refuse($"{Name} was not provided.");
        }
        else if (known.Count > 1 && !known.Contains(given!))
        {
            Refuse($"{Name} was not found: {given}", 404);
        }

        return given;
    }

    internal static DateTimeOffset? Open311Time(string text) =>
        TimeForm().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private string[] Given(string name) => parameters.TryGetValue(name, out var values) ? [.. values.Where(value => !string.IsNullOrWhiteSpace(value))] : [];

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[-+][0-9]{2}:[0-9]{2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex TimeForm();
}
