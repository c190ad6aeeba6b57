using System.Globalization;
using System.Text;
using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Identifiers.Epcis.Rest;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>The reading of one query: what prefixes stand for, the problems so far, and the values of parameters as what they should be.</summary>
internal sealed class QueryScope(EpcisContext context)
{
    public EpcisContext Context { get; } = context;

    public List<QueryProblem> Problems { get; } = [];

    public void Refuse(string parameter, string message) => Problems.Add(new(EpcisProblemType.QueryParameter, parameter, message));

    public string One(string name, IReadOnlyList<string> values)
    {
        if (values.Count != 1)
        {
            Refuse(name, $"\"{name}\" has one value.");
        }

        return values.Count > 0 ? values[0] : "";
    }

    public DateTimeOffset Time(string name, IReadOnlyList<string> values)
    {
        var text = One(name, values);
        if (!Timestamps.TryParse(text, out var time))
        {
            Refuse(name, $"\"{text}\" is no time with a time zone.");
        }

        return time;
    }

    public double Number(string name, string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            Refuse(name, $"\"{text}\" is no number.");
        }

        return number;
    }

    public int Count(string name, IReadOnlyList<string> values)
    {
        var text = One(name, values);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            Refuse(name, $"\"{text}\" is no whole number from 1.");
        }

        return count;
    }

    /// <summary>Whether something is asked for that has no value to it: `true`, `1` or nothing asks for it, `false` and `0` do not.</summary>
    public bool IsAsked(string name, IReadOnlyList<string> values)
    {
        var text = values.Count == 0 ? "" : One(name, values);
        if (text is not ("" or "true" or "1" or "null" or "false" or "0"))
        {
            Refuse(name, $"\"{text}\" is neither true nor false.");
        }

        return text is not ("false" or "0");
    }

    public HashSet<string> Words(string name, IReadOnlyList<string> values, CbvVocabulary vocabulary) =>
        [.. values.Select(value => Word(name, value, vocabulary))];

    public string Word(string name, string value, CbvVocabulary vocabulary)
    {
        var uri = vocabulary.ToUri(value);
        if (!Uris.IsUri(Encoding.UTF8.GetBytes(uri)))
        {
            Refuse(name, $"\"{value}\" is no {vocabulary.Name} of the CBV and no URI.");
        }

        return Context.Expand(uri);
    }

    /// <summary>URIs; not one is something else.</summary>
    public IReadOnlyList<string> UriList(string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            Refuse(name, $"\"{name}\" has a value.");
        }

        foreach (var value in values)
        {
            if (!Uris.IsUri(Encoding.UTF8.GetBytes(value)))
            {
                Refuse(name, $"\"{value}\" is no URI.");
            }
        }

        return values;
    }
}
