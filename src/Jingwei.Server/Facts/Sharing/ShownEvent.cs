using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Identifiers.Epcis;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Store;

namespace Jingwei.Server.Facts.Sharing;

/// <summary>Writes what agreements show of an event.</summary>
/// <param name="terms">Of those that show something of it.</param>
internal sealed class ShownEvent(IReadOnlyList<AgreementTerms> terms, EventAliases aliases)
{
    /// <summary>Stands for identifiers that are not shown, however many they are.</summary>
    public const string Withheld = "urn:jingwei:withheld";

    private const string Parent = "parentID";
    private const string Context = "@context";

    private static readonly JsonWriterOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Lists of identifiers, and beside them lists of classes.
    private static readonly (string Epcs, string Quantities)[] Lists =
        [("epcList", "quantityList"), ("childEPCs", "childQuantityList"), ("inputEPCList", "inputQuantityList"), ("outputEPCList", "outputQuantityList")];

    /// <summary>The objects that an event names, in canonical form.</summary>
    public static IReadOnlyList<string> ObjectsOf(EpcisEvent read) =>
    [
        .. read.EpcList.Concat(read.ChildEpcs).Concat(read.InputEpcList).Concat(read.OutputEpcList)
            .Concat(read.QuantityList.Concat(read.ChildQuantityList).Concat(read.InputQuantityList).Concat(read.OutputQuantityList).Select(quantity => quantity.EpcClass))
            .Concat(read.ParentId is { } parent ? [parent] : [])
            .Select(CanonicalIdentifier.Of),
    ];

    /// <summary>All that an event is found by as an object's: the objects that it names, and the lots that it says they are of.</summary>
    public static HashSet<string> NamesOf(EpcisEvent read) => [.. ObjectsOf(read), .. LotNames.Of(read)];

    /// <summary>Whether nothing of an event is left out.</summary>
    /// <param name="objects">See <see cref="ObjectsOf"/>.</param>
    public bool IsWhole(EpcisEvent read, IReadOnlyList<string> objects) =>
        objects.All(IsShown) && read.Json.EnumerateObject().All(member => member.Name == "eventID" || IsIdentifiers(member.Name) || IsShownField(member.Name));

    /// <summary>What is shown of an event; a document without an event where it is none without the rest.</summary>
    public EpcisDocument Of(EpcisEvent read)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, AsIs))
        {
            json.WriteStartObject();
            json.WriteString("eventID", aliases.Of(read.EventId!));
            foreach (var member in read.Json.EnumerateObject())
            {
                Write(json, member, read);
            }

            // Of a type that is not of the standard these are anything, and only agreements about everything show it.
            foreach (var (epcs, quantities) in read.Type == EpcisEventType.Extended ? [] : Lists)
            {
                WriteList(json, read.Json, epcs, quantities);
            }

            json.Flush();
            WriteContext(json, read.Context, buffer.WrittenSpan);
            json.WriteEndObject();
        }

        return EpcisReader.ReadJson(buffer.WrittenMemory);
    }

    // Prefixes of what is not shown would tell of it, as whose extension it is.
    private void WriteContext(Utf8JsonWriter json, EpcisContext context, ReadOnlySpan<byte> shown)
    {
        var used = new List<KeyValuePair<string, string>>();
        foreach (var pair in context.Added)
        {
            if (shown.IndexOf((byte[])[(byte)'"', .. JsonEncodedText.Encode(pair.Key, AsIs.Encoder).EncodedUtf8Bytes, (byte)':']) >= 0)
            {
                used.Add(pair);
            }
        }

        json.WritePropertyName(Context);
        EpcisContext.Of(used, IsShownField(AgreementFields.Extensions) ? context.Addresses : []).WriteTo(json);
    }

    private void Write(Utf8JsonWriter json, JsonProperty member, EpcisEvent read)
    {
        if (member.Name is "eventID" or Context)
        {
            return;
        }

        if (IsIdentifiers(member.Name))
        {
            WriteIdentifiers(json, member, read);
        }
        else if (member.Name == "errorDeclaration")
        {
            WriteDeclaration(json, read.ErrorDeclaration!);
        }
        else if (IsShownField(member.Name))
        {
            member.WriteTo(json);
        }
    }

    // Lists of the standard are written when all else is.
    private void WriteIdentifiers(Utf8JsonWriter json, JsonProperty member, EpcisEvent read)
    {
        if (read.Type == EpcisEventType.Extended)
        {
            member.WriteTo(json);
        }
        else if (member.Name == Parent)
        {
            json.WriteString(Parent, IsShown(CanonicalIdentifier.Of(read.ParentId!)) ? read.ParentId : Withheld);
        }
    }

    // The ids of the events that say what is right would be guessed by like this one's.
    private void WriteDeclaration(Utf8JsonWriter json, ErrorDeclaration declaration)
    {
        json.WriteStartObject("errorDeclaration");
        json.WriteString("declarationTime", declaration.DeclarationTime);
        if (declaration.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }

        if (declaration.CorrectiveEventIds.Count > 0)
        {
            json.WriteStartArray("correctiveEventIDs");
            foreach (var id in declaration.CorrectiveEventIds)
            {
                json.WriteStringValue(aliases.Of(id));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter json, JsonElement read, string epcs, string quantities)
    {
        var listed = read.TryGetProperty(epcs, out var list) ? list.EnumerateArray().ToList() : [];
        var counted = read.TryGetProperty(quantities, out var classes) ? classes.EnumerateArray().ToList() : [];
        var shown = listed.Where(each => IsShown(CanonicalIdentifier.Of(each.GetString()!))).ToList();
        var shownClasses = counted.Where(each => IsShown(CanonicalIdentifier.Of(each.GetProperty("epcClass").GetString()!))).ToList();
        var isPart = shown.Count + shownClasses.Count < listed.Count + counted.Count;
        if (shown.Count > 0 || isPart)
        {
            json.WriteStartArray(epcs);
            shown.ForEach(each => each.WriteTo(json));
            if (isPart)
            {
                json.WriteStringValue(Withheld);
            }

            json.WriteEndArray();
        }

        if (shownClasses.Count > 0)
        {
            json.WriteStartArray(quantities);
            shownClasses.ForEach(each => each.WriteTo(json));
            json.WriteEndArray();
        }
    }

    private bool IsShown(string identifier) => terms.Any(each => each.ShowsProduct(identifier));

    private bool IsShownField(string name) => AgreementFields.Always.Contains(name) ||
        terms.Any(each => each.ShowsField(AgreementFields.Named.Contains(name) ? name : AgreementFields.Extensions));

    private static bool IsIdentifiers(string name) => name == Parent || Lists.Any(list => list.Epcs == name || list.Quantities == name);
}
