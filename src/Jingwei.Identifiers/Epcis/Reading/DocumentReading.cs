using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Reads what is around events: documents, their header and their body (EPCIS 2.0, 8 and 9).</summary>
internal static class DocumentReading
{
    private const string IgnoreFields = "https://repository-x.example.com/ignoreFields";

    // Each is looked for at every extension of every event; published documents name one.
    private const int MostIgnored = 100;

    private static readonly HashSet<string> DocumentNames = new(StringComparer.Ordinal)
    {
        "@context", "id", "type", "schemaVersion", "creationDate", "instanceIdentifier", "sender", "receiver", "epcisHeader", "epcisBody",
    };

    private static readonly HashSet<string> QueryDocumentNames = new(StringComparer.Ordinal) { "@context", "id", "type", "schemaVersion", "creationDate", "epcisBody" };

    /// <summary>Fills a document from its JSON.</summary>
    public static void Document(this ReadingScope scope, EpcisDocument document, JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            document.Kind = EpcisDocumentKind.EventArray;
            scope.Events(document, root, alone: true);
            return;
        }

        if (!scope.Is(null, root, JsonValueKind.Object))
        {
            return;
        }

        var type = root.TryGetProperty("type"u8, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (root.TryGetProperty("@context"u8, out var context))
        {
            if (scope.RefusesContext(context))
            {
                return;
            }

            scope.Context = scope.Context.With(context);
            document.Context = scope.Context;
        }

        switch (type)
        {
            case "EPCISDocument":
                document.Kind = EpcisDocumentKind.Document;
                scope.CaptureDocument(document, root);
                break;
            case "EPCISQueryDocument":
                document.Kind = EpcisDocumentKind.QueryDocument;
                scope.QueryDocument(document, root);
                break;
            case null:
                scope.Report(EpcisProblemCode.UnknownDocument, "type", "It has no type: it is neither a document of EPCIS nor an event.");
                break;
            default:
                document.Kind = EpcisDocumentKind.Event;
                scope.Single(document, root);
                break;
        }
    }

    /// <summary>Whether a context is larger than it may be, which is reported.</summary>
    public static bool RefusesContext(this ReadingScope scope, JsonElement context)
    {
        if (!EpcisContext.IsTooLarge(context, scope.Limits))
        {
            return false;
        }

        scope.Report(EpcisProblemCode.TooLarge, "@context", $"A context has at most {scope.Limits.ContextBytes} bytes, and a namespace {scope.Limits.NamespaceCharacters} characters.");
        return true;
    }

    /// <summary>That a context is an address, an object, or an array of both.</summary>
    public static void ContextShape(this ReadingScope scope, JsonElement context)
    {
        var members = context.ValueKind == JsonValueKind.Array ? [.. context.EnumerateArray()] : new[] { context };
        if (members.Any(member => member.ValueKind is not (JsonValueKind.String or JsonValueKind.Object)))
        {
            scope.Report(EpcisProblemCode.WrongKind, "@context", "A context is an address, an object of prefixes, or an array of both.");
        }
        else if (members.Any(member => member.ValueKind == JsonValueKind.String && !Uris.IsUri(Utf8Json.Text(member))))
        {
            scope.Report(EpcisProblemCode.InvalidUri, "@context", "The address of a context is a URI.");
        }
        else if (members.Select(member => member.GetRawText()).Distinct(StringComparer.Ordinal).Count() != members.Length)
        {
            scope.Report(EpcisProblemCode.Duplicate, "@context", "A context is there twice.");
        }
    }

    private static void CaptureDocument(this ReadingScope scope, EpcisDocument document, JsonElement root)
    {
        scope.Envelope(document, root, DocumentNames);
        scope.Require(root.TryGetProperty("schemaVersion"u8, out _), "schemaVersion");
        scope.Require(root.TryGetProperty("creationDate"u8, out _), "creationDate");
        document.IgnoredFields = scope.Ignored(root);
        foreach (var name in new[] { "instanceIdentifier", "sender", "receiver" })
        {
            if (root.TryGetProperty(name, out var text))
            {
                scope.Is(name, text, JsonValueKind.String);
            }
        }

        if (root.TryGetProperty("epcisHeader"u8, out var header))
        {
            scope.Header(header);
        }

        if (scope.TryInto(root, "epcisBody", out var body))
        {
            scope.EventList(document, body);
            scope.Leave();
        }
    }

    private static void QueryDocument(this ReadingScope scope, EpcisDocument document, JsonElement root)
    {
        scope.Envelope(document, root, QueryDocumentNames);
        if (!scope.TryInto(root, "epcisBody", out var body))
        {
            return;
        }

        scope.Names(body, ["queryResults"]);
        if (scope.TryInto(body, "queryResults", out var results))
        {
            document.IgnoredFields = scope.Ignored(results);
            scope.Names(results, ["queryName", "subscriptionID", "resultsBody"]);
            scope.TextField(results, "queryName", true);
            scope.TextField(results, "subscriptionID", false);
            if (scope.TryInto(results, "resultsBody", out var inner))
            {
                scope.Names(inner, ["eventList", "vocabularyList"]);
                if (inner.TryGetProperty("vocabularyList"u8, out var list))
                {
                    scope.Vocabularies(list);
                }

                scope.EventList(document, inner);
                scope.Leave();
            }

            scope.Leave();
        }

        scope.Leave();
    }

    private static void Single(this ReadingScope scope, EpcisDocument document, JsonElement root)
    {
        document.EventCount = 1;
        scope.EventIndex = 0;
        scope.Require(root.TryGetProperty("@context"u8, out _), "@context");
        var before = scope.ProblemCount;
        if (scope.Event(0, root) is { } only && scope.ProblemCount == before && document.Problems.Count == 0 && root.TryGetProperty("@context"u8, out _))
        {
            document.Events = [only];
        }
    }

    private static void Envelope(this ReadingScope scope, EpcisDocument document, JsonElement root, HashSet<string> names)
    {
        scope.Names(root, names);
        scope.Require(root.TryGetProperty("@context"u8, out var context), "@context");
        if (context.ValueKind != JsonValueKind.Undefined)
        {
            scope.ContextShape(context);
        }

        // The examples of the standard call themselves `_:document1`, a blank node of JSON-LD.
        if (root.TryGetProperty("id"u8, out var id) && !(id.ValueKind == JsonValueKind.String && Utf8Json.Text(id).StartsWith("_:"u8)))
        {
            scope.Uri("id", id);
        }

        if (root.TryGetProperty("schemaVersion"u8, out var version) && scope.Text("schemaVersion", version) is { } text)
        {
            document.SchemaVersion = text;
            if (!text.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit)))
            {
                scope.Report(EpcisProblemCode.InvalidValue, "schemaVersion", $"\"{FieldReading.Shown(version)}\" is no version like 2.0.");
            }
        }

        if (root.TryGetProperty("creationDate"u8, out var created))
        {
            document.CreationDate = scope.Time("creationDate", created);
        }
    }

    private static void EventList(this ReadingScope scope, EpcisDocument document, JsonElement body)
    {
        scope.Require(body.TryGetProperty("eventList"u8, out var list), "eventList");
        if (list.ValueKind != JsonValueKind.Undefined && scope.Is("eventList", list, JsonValueKind.Array))
        {
            scope.Enter("eventList");
            scope.Events(document, list, alone: false);
            scope.Leave();
        }
    }

    private static void Events(this ReadingScope scope, EpcisDocument document, JsonElement list, bool alone)
    {
        document.EventCount = list.GetArrayLength();
        if (document.EventCount > scope.Limits.Events)
        {
            scope.Report(EpcisProblemCode.TooLarge, null, $"There are {document.EventCount} events; {scope.Limits.Events} are allowed.");
            return;
        }

        var events = new List<EpcisEvent>(document.EventCount);
        var index = 0;
        foreach (var member in list.EnumerateArray())
        {
            scope.EventIndex = index;
            scope.Enter(index);
            var hasContext = !alone || member.ValueKind != JsonValueKind.Object || member.TryGetProperty("@context"u8, out _);
            scope.Require(hasContext, "@context");
            if (scope.Event(index, member) is { } read && hasContext)
            {
                events.Add(read);
            }

            scope.Leave();
            index++;
        }

        scope.EventIndex = null;
        document.Events = events;
    }

    private static bool TryInto(this ReadingScope scope, JsonElement from, string name, out JsonElement value)
    {
        scope.Require(from.TryGetProperty(name, out value), name);
        if (value.ValueKind == JsonValueKind.Undefined || !scope.Is(name, value, JsonValueKind.Object))
        {
            return false;
        }

        scope.Enter(name);
        return true;
    }

    private static void Names(this ReadingScope scope, JsonElement part, HashSet<string> names)
    {
        foreach (var property in part.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                scope.Extension(property);
            }
        }
    }

    private static void TextField(this ReadingScope scope, JsonElement part, string name, bool required)
    {
        if (part.TryGetProperty(name, out var text))
        {
            scope.Is(name, text, JsonValueKind.String);
        }
        else
        {
            scope.Require(!required, name);
        }
    }

    private static List<string> Ignored(this ReadingScope scope, JsonElement part)
    {
        var fields = new List<string>();
        foreach (var property in part.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Array && property.Name.EndsWith(":ignoreFields", StringComparison.Ordinal) && scope.Context.Expand(property.Name) == IgnoreFields)
            {
                fields.AddRange(property.Value.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Take(MostIgnored + 1).Select(name => scope.Context.Expand(name.GetString()!)));
            }
        }

        if (fields.Count > MostIgnored)
        {
            scope.Report(EpcisProblemCode.TooLarge, null, $"At most {MostIgnored} fields are left out of hashes.");
            return [];
        }

        return fields;
    }
}
