using System.Xml.Linq;
using Jingwei.Civic;

namespace Jingwei.Conformance.Civic;

/// <summary>One change of an alert, of those that a schema can see, and of those that it cannot.</summary>
internal static class CapMutation
{
    private static readonly string[] Texts =
        ["", " ", "x", "Alert", "alert", " Actual ", "Met", "Unknown", "2013-01-24T21:26:00-00:00", " 2013-01-24T21:26:00+14:00\n", "2013-01-24T21:26:00Z", "2013-02-29T00:00:00-00:00",
         "2013-01-24T24:00:00-00:00", "2013-01-24T24:00:01-00:00", "2013-01-24T21:26:60-00:00", "0000-01-24T21:26:00-00:00", "2013-01-24T21:26:00,00:00", "2013-01-24T21:26:00-15:00",
         "en", "en-", "zh-Hans-CN", "en_US", " fr ", "1", "-7", "+3", " 12 ", "1.5", ".5", "5.", ".", "1e3", "NaN", "http://a/b", "a b"];

    private static readonly string[] Names = ["identifier", "scope", "info", "event", "foo", "value", "valueName", "size", "altitude", "ceiling", "language", "expires", "responseType", "category", "web"];

    public static void Apply(XElement alert, Random random)
    {
        var all = alert.DescendantsAndSelf().ToList();
        var one = all[random.Next(all.Count)];
        var name = one.Name.Namespace + Names[random.Next(Names.Length)];
        var text = Texts[random.Next(Texts.Length)];
        switch (random.Next(9))
        {
            case 0 when one.Parent is not null:
                one.Remove();
                break;
            case 1 when one.Parent is not null:
                one.AddAfterSelf(new XElement(one));
                break;
            case 2 when one.ElementsAfterSelf().FirstOrDefault() is { } next:
                one.Remove();
                next.AddAfterSelf(one);
                break;
            case 3 when !one.HasElements:
                one.Value = text;
                break;
            case 4 when one.Parent is not null:
                one.AddAfterSelf(new XElement(name, text));
                break;
            case 5:
                one.Add(new XElement(name, text));
                break;
            case 6:
                one.Add(new XText(text));
                break;
            case 7 when one.Parent is not null:
                one.Name = name;
                break;
            case 8:
                one.SetAttributeValue("lang", text);
                break;
        }
    }

    /// <summary>Whether a schema says so too, whose rules in words are others.</summary>
    public static bool IsOfSchema(ProblemCode code) => code is ProblemCode.UnknownElement or ProblemCode.UnknownAttribute or ProblemCode.OutOfOrder or ProblemCode.Repeated
        or ProblemCode.Missing or ProblemCode.StrayText or ProblemCode.InvalidChoice or ProblemCode.InvalidTime or ProblemCode.InvalidNumber or ProblemCode.InvalidLanguage;
}
