using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Cap;

/// <summary>What the standard asks in words and its schema does not (CAP-v1.2-os, 3.2 and 3.3).</summary>
internal sealed partial class CapRuleCheck(CapSchema schema, ProblemList problems)
{
    public void Check(XElement alert)
    {
        Identifier(alert, "identifier");
        Identifier(alert, "sender");
        Scope(alert);
        References(alert);
        List(alert, "addresses");
        List(alert, "incidents");
        foreach (var info in All(alert, "info"))
        {
            if (One(info, "web") is { } web && !IsAbsolute(web.Value.Trim(CapText.Blanks)))
            {
                problems.Error(ProblemCode.InvalidUri, web, $"\"{CapStructureCheck.Short(web.Value)}\" is no absolute URI.");
            }

            foreach (var resource in All(info, "resource"))
            {
                Resource(resource);
            }

            foreach (var area in All(info, "area"))
            {
                Area(area);
            }
        }

        Text(alert);
    }

    private void Identifier(XElement alert, string name)
    {
        if (One(alert, name) is { } element && !IdentifierForm().IsMatch(element.Value))
        {
            problems.Error(ProblemCode.InvalidIdentifier, element, $"<{name}> is empty or holds a space, a comma, < or &: \"{CapStructureCheck.Short(element.Value)}\".");
        }
    }

    private void Scope(XElement alert)
    {
        var scope = One(alert, "scope")?.Value;
        if (scope is not null and not nameof(CapScope.Restricted) && One(alert, "restriction") is { } restriction && HasText(restriction))
        {
            problems.Error(ProblemCode.RestrictionMismatch, restriction, "<restriction> is for the scope Restricted.");
        }

        if (scope == nameof(CapScope.Restricted) && !HasText(One(alert, "restriction")))
        {
            problems.Warning(ProblemCode.RestrictionMismatch, alert, "The scope is Restricted and no <restriction> says how.");
        }

        if (scope == nameof(CapScope.Private) && !HasText(One(alert, "addresses")))
        {
            problems.Error(ProblemCode.Missing, alert, "<addresses> is required when the scope is Private.");
        }
    }

    private void References(XElement alert)
    {
        var type = One(alert, "msgType")?.Value;
        if (One(alert, "references") is not { } element)
        {
            if (type is nameof(CapMsgType.Update) or nameof(CapMsgType.Cancel) or nameof(CapMsgType.Ack) or nameof(CapMsgType.Error))
            {
                problems.Warning(ProblemCode.Missing, alert, $"{type} is about the alerts in <references>, and there are none.");
            }

            return;
        }

        var sent = CapText.Time(One(alert, "sent")?.Value ?? "");
        var references = CapText.References(element.Value).ToList();
        if (references.Count == 0 || references.Contains(null))
        {
            problems.Error(ProblemCode.InvalidReferences, element, $"<references> is no list of sender,identifier,sent with blanks between: \"{CapStructureCheck.Short(element.Value)}\".");
        }

        foreach (var reference in references.OfType<CapReference>())
        {
            if (reference.Identifier == One(alert, "identifier")?.Value && reference.Sender == One(alert, "sender")?.Value)
            {
                problems.Error(ProblemCode.CircularReference, element, $"The alert refers to itself: {reference.Identifier}.");
            }
            else if (reference.Sent > sent)
            {
                problems.Warning(ProblemCode.LaterReference, element, $"{reference.Identifier} was sent later than this alert.");
            }
        }
    }

    private void List(XElement alert, string name)
    {
        if (One(alert, name) is { } element && CapText.List(element.Value) is null)
        {
            problems.Error(ProblemCode.InvalidList, element, $"A double quote in <{name}> is not closed.");
        }
    }

    private void Resource(XElement resource)
    {
        if (One(resource, "mimeType") is { } type && !MediaType().IsMatch(type.Value.Trim(CapText.Blanks)))
        {
            problems.Error(ProblemCode.InvalidMediaType, type, $"\"{CapStructureCheck.Short(type.Value)}\" is no media type as \"image/jpeg\".");
        }

        if (One(resource, "size") is { } size && Number(size) < 0)
        {
            problems.Error(ProblemCode.InvalidNumber, size, "A size is not below zero.");
        }

        var content = One(resource, "derefUri");
        if (content is not null && !System.Buffers.Text.Base64.IsValid(content.Value))
        {
            problems.Error(ProblemCode.InvalidBase64, content, "<derefUri> is no Base64.");
        }

        if (One(resource, "uri") is { } uri && !IsAbsolute(uri.Value.Trim(CapText.Blanks)) && (content is null || !Uri.IsWellFormedUriString(uri.Value.Trim(CapText.Blanks), UriKind.Relative)))
        {
            problems.Error(ProblemCode.InvalidUri, uri, "A URI is absolute, or relative to name what <derefUri> holds.");
        }

        if (One(resource, "digest") is { } digest && !Sha1().IsMatch(digest.Value.Trim(CapText.Blanks)))
        {
            problems.Warning(ProblemCode.InvalidDigest, digest, "A digest is a SHA-1 in 40 hexadecimal digits.");
        }
    }

    private void Area(XElement area)
    {
        foreach (var polygon in All(area, "polygon").Where(polygon => CapText.Polygon(polygon.Value) is not { IsValid: true }))
        {
            problems.Error(ProblemCode.InvalidPolygon, polygon, "A polygon is four or more points \"latitude,longitude\" with blanks between, the last the same as the first.");
        }

        foreach (var circle in All(area, "circle").Where(circle => CapText.Circle(circle.Value) is null))
        {
            problems.Error(ProblemCode.InvalidCircle, circle, "A circle is \"latitude,longitude radius\", the radius in kilometres.");
        }

        if (One(area, "ceiling") is { } ceiling && One(area, "altitude") is var altitude && !(Number(altitude) <= Number(ceiling)))
        {
            problems.Error(ProblemCode.CeilingMismatch, ceiling, altitude is null ? "A ceiling goes with an altitude only." : "The ceiling is below the altitude.");
        }
    }

    // 3.3.3 discourages names of characters that XML does not need; what people read is no HTML.
    private void Text(XElement alert)
    {
        foreach (var element in alert.Descendants().Where(element => !element.HasElements && element.Name.Namespace == schema.Namespace))
        {
            if (element.Value.AsSpan().IndexOfAny('<', '&') >= 0 && Html().IsMatch(element.Value))
            {
                problems.Warning(ProblemCode.HtmlInText, element, $"<{element.Name.LocalName}> holds HTML, which is shown as it stands.");
            }
        }
    }

    private XElement? One(XElement parent, string name) => parent.Element(schema.Namespace + name);

    private IEnumerable<XElement> All(XElement parent, string name) => parent.Elements(schema.Namespace + name);

    private static bool HasText(XElement? element) => element is not null && element.Value.AsSpan().IndexOfAnyExcept(CapText.Blanks) >= 0;

    private static decimal? Number(XElement? element) =>
        decimal.TryParse(element?.Value.Trim(CapText.Blanks), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A path from the root is a file to Uri.
    private static bool IsAbsolute(string text) => SchemeForm().IsMatch(text) && Uri.IsWellFormedUriString(text, UriKind.Absolute);

    [GeneratedRegex(@"^[^\s,&<]+\z")]
    private static partial Regex IdentifierForm();

    [GeneratedRegex("^(application|audio|example|font|image|message|model|multipart|text|video)/[!#$&^_.+A-Za-z0-9-]+(\\s*;.*)?\\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex MediaType();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex SchemeForm();

    [GeneratedRegex("^[0-9a-fA-F]{40}\\z")]
    private static partial Regex Sha1();

    [GeneratedRegex("</?[A-Za-z][^<>]*>|&([A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});", RegexOptions.ExplicitCapture)]
    private static partial Regex Html();
}
