using System.Globalization;
using System.Text;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Where in a document the reading is, and what was found wrong so far.</summary>
internal sealed class ReadingScope(EpcisLimits limits)
{
    private readonly List<(string? Name, int Index)> path = [];
    private readonly List<EpcisProblem> problems = [];
    private long expanded;

    public EpcisLimits Limits { get; } = limits;

    /// <summary>What prefixes stand for at this place.</summary>
    public EpcisContext Context { get; set; } = EpcisContext.Standard;

    /// <summary>Whether lists of EPCs must be without repetition: the JSON schema wants it, that of XML does not.</summary>
    public bool WantsUnique { get; init; } = true;

    /// <summary>Which event is read; null outside of events.</summary>
    public int? EventIndex { get; set; }

    /// <summary>All problems, whether or not they are listed.</summary>
    public int ProblemCount { get; private set; }

    public IReadOnlyList<EpcisProblem> Problems => problems;

    public void Enter(string name) => path.Add((name, 0));

    public void Enter(int index) => path.Add((null, index));

    public void Leave() => path.RemoveAt(path.Count - 1);

    /// <summary>A value with its prefix spelled out; null where those of the document would be longer together than the document may be, which is reported.</summary>
    public string? Expanded(string? field, string value)
    {
        var whole = Context.ExpandValue(value);
        expanded += whole.Length - value.Length;
        if (expanded <= Limits.Bytes)
        {
            return whole;
        }

        Report(EpcisProblemCode.TooLarge, field, $"With their prefixes spelled out its values are longer than {Limits.Bytes} characters.");
        return null;
    }

    /// <summary>Says that something is wrong here, or with the field of this name.</summary>
    public void Report(EpcisProblemCode code, string? field, string message)
    {
        ProblemCount++;
        if (problems.Count < Limits.Problems)
        {
            problems.Add(new(code, Pointer(field), message, EventIndex));
        }
    }

    private string Pointer(string? field)
    {
        var pointer = new StringBuilder();
        foreach (var (name, index) in path)
        {
            pointer.Append('/').Append(name is null ? index.ToString(CultureInfo.InvariantCulture) : Escaped(name));
        }

        return field is null ? pointer.ToString() : pointer.Append('/').Append(Escaped(field)).ToString();
    }

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
