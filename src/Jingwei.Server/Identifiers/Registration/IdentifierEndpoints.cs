using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Values;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Identifiers.Registration;

/// <summary>Identifiers as their owner sees them: list, see, write, delete, what was before.</summary>
internal static class IdentifierEndpoints
{
    private const string Path = "/api/identifiers/";
    private const string VersionsPath = "/api/identifier-versions/";

    public static void MapIdentifierRoutes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/identifiers", List).Requires(Right.View)
            .WithSummary("Identifiers below `prefix` in the order of their names; `from` begins at a name, or at the beginning of one.");
        routes.MapGet(Path + "{prefix}/{**suffix}", Get).Requires(Right.View).WithSummary("An identifier with who may read what of it.");
        routes.MapPut(Path + "{prefix}/{**suffix}", PutAsync).Requires(Right.Configure).WithSummary("Registers an identifier or replaces its values; takes If-Match.");
        routes.MapDelete(Path + "{prefix}/{**suffix}", Delete).Requires(Right.Configure).WithSummary("Deletes an identifier; what it was stays in its versions. Takes If-Match.");
        routes.MapGet(VersionsPath + "{prefix}/{**suffix}", VersionsOf).Requires(Right.View).WithSummary("All versions of an identifier, newest first.");
    }

    private static Results<Ok<Page<IdentifierItem>>, ProblemHttpResult> List(
        Caller caller, string? prefix, string? from, Prefixes.Prefixes prefixes, PrefixRights rights, IdentifierStore store, IdentifierItems items, PageRequest page)
    {
        if (PrefixName.Of(prefix) is not { } name || prefixes.Find(name) is not { } found || !caller.May(Right.View, rights.ScopeOf(found.Party)))
        {
            return Problems.NotFound("prefix");
        }

        var below = Encoding.UTF8.GetBytes(name + "/");
        byte[] start = page.After is { } after ? [.. Encoding.UTF8.GetBytes(after), 0] : [.. below, .. Encoding.UTF8.GetBytes(from ?? "")];
        var list = new List<IdentifierItem>();
        store.Walk(below, start, (key, record) =>
        {
            if (!record.Head.Flags.HasFlag(RecordFlags.Deleted))
            {
                list.Add(items.Of(key, record));
            }

            return list.Count <= page.Limit;
        });
        if (list.Count <= page.Limit)
        {
            return TypedResults.Ok(new Page<IdentifierItem>(list, null));
        }

        list.RemoveAt(page.Limit);
        return TypedResults.Ok(new Page<IdentifierItem>(list, PageRequest.Encode(list[^1].Handle)));
    }

    private static Results<Ok<IdentifierDetail>, ProblemHttpResult> Get(
        Caller caller, Prefixes.Prefixes prefixes, PrefixRights rights, IdentifierStore store, IdentifierItems items, HttpContext context)
    {
        if (Visible(caller, context, Path, prefixes, rights) is not var (key, prefix))
        {
            return Problems.NotFound("identifier");
        }

        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var found = store.Find(key, scratch);
        if (!found.Exists || IdentifierRecord.Read(found.Bytes) is var record && record.Head.Flags.HasFlag(RecordFlags.Deleted))
        {
            return Problems.NotFound("identifier");
        }

        Versions.Show(context, record.Head.Version);
        return TypedResults.Ok(items.DetailOf(key, prefix.Party, record, rights.MayConfigure(caller, prefix.Party)));
    }

    private static async Task<Results<Ok<IdentifierDetail>, ProblemHttpResult>> PutAsync(
        Caller caller, Prefixes.Prefixes prefixes, PrefixRights rights, IdentifierStore store, IdentifierItems items, Registrar registrar, Audiences audiences,
        HttpContext context, CancellationToken cancellation)
    {
        var row = new RowWriter();
        var json = new JsonRow(row, audiences);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellation);
        var fault = json.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
        if (fault is null && NameFrom(context, row, json.IsNamed) is { } wrong)
        {
            fault = wrong;
        }

        fault ??= registrar.Write(caller, row, json.Template, WriteMode.Put, Versions.Seen(context));
        return fault is null ? Get(caller, prefixes, rights, store, items, context) : Refuse(fault);
    }

    private static Results<NoContent, ProblemHttpResult> Delete(Caller caller, Registrar registrar, HttpContext context)
    {
        var row = new RowWriter();
        row.Begin();
        var fault = NameFrom(context, row, isNamed: false) ?? registrar.Write(caller, row, null, WriteMode.Delete, Versions.Seen(context));
        return fault is null ? TypedResults.NoContent() : Refuse(fault);
    }

    private static Results<Ok<Page<IdentifierDetail>>, ProblemHttpResult> VersionsOf(
        Caller caller, Prefixes.Prefixes prefixes, PrefixRights rights, IdentifierStore store, IdentifierItems items, HttpContext context)
    {
        if (Visible(caller, context, VersionsPath, prefixes, rights) is not var (key, prefix))
        {
            return Problems.NotFound("identifier");
        }

        var (list, withSecrets) = (new List<IdentifierDetail>(), rights.MayConfigure(caller, prefix.Party));
        store.WalkVersions(key, (_, record) =>
        {
            list.Add(items.DetailOf(key, prefix.Party, record, withSecrets));
            return true;
        });
        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var newest = store.Find(key, scratch);
        if (!newest.Exists)
        {
            return Problems.NotFound("identifier");
        }

        list.Add(items.DetailOf(key, prefix.Party, IdentifierRecord.Read(newest.Bytes), withSecrets));
        list.Reverse();
        return TypedResults.Ok(new Page<IdentifierDetail>(list, null));
    }

    /// <summary>The key behind a path, and its prefix, where the caller may see what is below it.</summary>
    internal static (byte[] Key, Prefix Prefix)? Visible(Caller caller, HttpContext context, string path, Prefixes.Prefixes prefixes, PrefixRights rights)
    {
        Span<byte> name = stackalloc byte[IdentifierLimits.NameBytes + 1];
        var given = TargetName.Of(context, path, name);
        var key = new byte[given.Length];
        return IdentifierName.TryKey(given, key, out _) && IdentifierName.PrefixOf(key) is { } prefix && prefixes.Find(prefix) is { } found &&
            caller.May(Right.View, rights.ScopeOf(found.Party))
            ? (key, found)
            : null;
    }

    // The path names it; a body that names it too must mean the same.
    private static RowFault? NameFrom(HttpContext context, RowWriter row, bool isNamed)
    {
        Span<byte> name = stackalloc byte[IdentifierLimits.NameBytes + 1];
        var given = TargetName.Of(context, Path, name);
        if (!isNamed)
        {
            return row.Name(given);
        }

        Span<byte> key = stackalloc byte[IdentifierLimits.NameBytes];
        return IdentifierName.TryKey(given, key, out _) && key[..given.Length].SequenceEqual(row.Key) ? null : RowFault.Json("\"handle\" is another one than the path names.");
    }

    private static ProblemHttpResult Refuse(RowFault fault) =>
        fault == RowFault.Stale ? Problems.Stale()
        : fault == RowFault.Missing || fault == RowFault.Prefix ? Problems.NotFound("identifier")
        : fault == RowFault.OverQuota || fault == RowFault.Suspended ? Problems.Conflict(fault.Code, fault.Detail)
        : Problems.Invalid(fault.Code, fault.Detail);
}
