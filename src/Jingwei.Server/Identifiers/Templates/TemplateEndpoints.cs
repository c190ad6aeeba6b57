using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.Templates;

public sealed record TemplateRequest(string? Party, Label? Name, ImmutableArray<TemplateField>? Fields);

/// <summary>Templates of product classes: list, see, write.</summary>
internal static class TemplateEndpoints
{
    // As many as an identifier has values.
    private const int MostFields = Registry.IdentifierRecord.MostValues;
    private const int PatternCharacters = 200;

    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/identifier-templates", List).Requires(Right.View).WithSummary("Templates of product classes, of parties that the caller may see.");
        routes.MapGet("/api/identifier-templates/{id}", Get).Requires(Right.View).WithSummary("A template.");
        routes.MapPut("/api/identifier-templates/{id}", Put).Requires(Right.Configure).WithSummary("Makes or changes a template; takes If-Match. What is registered stays as it is.");
    }

    private static Ok<Page<ProductTemplate>> List(Caller caller, ProductTemplates templates, PrefixRights rights, PageRequest page) => TypedResults.Ok(Page.Cut(
        templates.All.Where(template => caller.May(Right.View, rights.ScopeOf(template.Party))).OrderBy(template => template.Id, StringComparer.Ordinal),
        template => template.Id,
        page));

    private static Results<Ok<ProductTemplate>, ProblemHttpResult> Get(Caller caller, string id, ProductTemplates templates, PrefixRights rights, HttpContext context)
    {
        if (templates.Find(id) is not { } found || !caller.May(Right.View, rights.ScopeOf(found.Party)))
        {
            return Problems.NotFound("template");
        }

        Versions.Show(context, found.Version);
        return TypedResults.Ok(found);
    }

    private static Results<Ok<ProductTemplate>, ProblemHttpResult> Put(
        Caller caller, string id, TemplateRequest request, ProductTemplates templates, PrefixRights rights, Parties parties, HttpContext context)
    {
        if (templates.Find(id) is { } found && !rights.MayConfigure(caller, found.Party))
        {
            return caller.May(Right.View, rights.ScopeOf(found.Party)) ? Problems.Forbidden("Templates are changed by whoever configures their party.") : Problems.NotFound("template");
        }

        if (FaultsOf(id, request, parties) is { Count: > 0 } faults)
        {
            return Problems.Invalid("bad-template", "Nothing was changed. Each mistake is told with its field.", faults);
        }

        if (!rights.MayConfigure(caller, request.Party!))
        {
            return Problems.Invalid("unknown-party", $"There is no party \"{request.Party}\" for which you may make templates.");
        }

        var template = new ProductTemplate(id, request.Party!, request.Name!, request.Fields!.Value, caller.Actor, default, 0);
        if (templates.Save(template, Versions.Seen(context), caller.Actor) is not { } saved)
        {
            return Problems.Stale();
        }

        Versions.Show(context, saved.Version);
        return TypedResults.Ok(saved);
    }

    private static List<string> FaultsOf(string id, TemplateRequest request, Parties parties)
    {
        var faults = new List<string>();
        if (Ids.Fault(id) is { } fault)
        {
            faults.Add(fault);
        }

        if (request.Party is null || parties.Find(request.Party) is null)
        {
            faults.Add("\"party\" names a party.");
        }

        if (!IsLabel(request.Name))
        {
            faults.Add($"\"name\" has \"zh\" and \"en\", at most {Ids.MaximumName} characters each.");
        }

        if (request.Fields is not { IsDefault: false, Length: > 0 and <= MostFields } fields)
        {
            faults.Add($"\"fields\" is a list of 1 to {MostFields} fields.");
            return faults;
        }

        faults.AddRange(fields.Where(field => !IsField(field)).Select(field =>
            $"The field \"{field?.Type}\" needs a type without blanks, a name in zh and en, and, if any, a regular expression of at most {PatternCharacters} characters without back references."));
        faults.AddRange(fields.GroupBy(field => field?.Type).Where(same => same.Count() > 1).Select(same => $"The type \"{same.Key}\" is there twice."));
        return faults;
    }

    private static bool IsField(TemplateField? field) =>
        field is { Type: { Length: > 0 and <= IdentifierLimits.TypeBytes } type } && !type.Any(char.IsWhiteSpace) && IsLabel(field.Name) &&
        (field.Pattern is null || (field.Pattern.Length <= PatternCharacters && IsPattern(field.Pattern)));

    private static bool IsLabel(Label? label) =>
        label is { Zh.Length: > 0 and <= Ids.MaximumName, En.Length: > 0 and <= Ids.MaximumName };

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, TemplateCheck.Options);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
