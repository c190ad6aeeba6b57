using System.Globalization;
using System.Xml;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Gives every namespace of an XML document one prefix in JSON: the one that it has first, if that is free, since in XML one prefix may stand for several namespaces.</summary>
internal sealed class XmlPrefixes
{
    private readonly Dictionary<string, string> prefixOf = new(StringComparer.Ordinal)
    {
        [Cbv.Namespace] = "cbv",
        [Cbv.WebVocabulary] = "gs1",
        [Cbv.Epcis] = "epcis",
    };

    private readonly HashSet<string> taken = new(StringComparer.Ordinal) { "cbv", "gs1", "epcis", "id", "type" };

    /// <summary>The prefixes given so far, without those that every context has.</summary>
    public IEnumerable<KeyValuePair<string, string>> Added =>
        prefixOf.Where(pair => pair.Key is not (Cbv.Namespace or Cbv.WebVocabulary or Cbv.Epcis)).Select(pair => KeyValuePair.Create(pair.Value, pair.Key));

    /// <summary>The name in JSON of an element or attribute that is not of the standard.</summary>
    public string NameOf(XmlPart part)
    {
        var local = XmlConvert.DecodeName(part.Name);
        if (part.Space.Length == 0)
        {
            return local;
        }

        if (!prefixOf.TryGetValue(part.Space, out var prefix))
        {
            prefix = Free(part.Prefix);
            prefixOf.Add(part.Space, prefix);
            taken.Add(prefix);
        }

        return $"{prefix}:{local}";
    }

    // JSON-LD takes a prefix for a scheme of URIs as well, which is letters, digits, '+', '-' and '.' in ASCII.
    private string Free(string wanted)
    {
        if (wanted.Length > 0 && char.IsAsciiLetter(wanted[0]) && wanted.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') && !taken.Contains(wanted))
        {
            return wanted;
        }

        for (var number = 1; ; number++)
        {
            var made = "ns" + number.ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(made))
            {
                return made;
            }
        }
    }
}
