using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Identifiers.Blocking;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Resolution;
using Jingwei.Server.Identifiers.Statistics;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>
/// What the Handle protocol's server asks this node. Anybody gets the values that are for everybody; an identifier that has none is not there
/// for him, so that nobody learns what exists. What only some may read is read by HTTP.
/// </summary>
internal sealed class NodeDoor(
    IdentifierStore store, ResolvedPrefixes prefixes, ForeignHandles foreign, NodeAdministration administration, NodeSite site, Blocks blocks) : HandleDoor
{
    public override HandleSite? Site => site.Own;

    public override bool Resolve(scoped in ResolutionQuery query, scoped ref ResolutionAnswer answer)
    {
        Span<byte> key = stackalloc byte[IdentifierLimits.NameBytes];
        if (!IdentifierName.TryKey(query.Handle, key, out var prefixLength))
        {
            answer.Refuse(HandleResponseCode.InvalidHandle);
            return true;
        }

        key = key[..query.Handle.Length];
        if (prefixes.Find(IdentifierName.OwningPrefix(key, prefixLength)) is not { } prefix)
        {
            answer.Refuse(HandleResponseCode.ServerNotResponsible);
            return !foreign.CanAsk || (query.Flags & MessageOptions.Recursive) == 0;
        }

        // Where it is referred elsewhere, and what describes the prefix itself, takes putting together.
        if (prefix.Delegation is not null || IdentifierName.IsOfPrefix(key))
        {
            return false;
        }

        Span<byte> scratch = stackalloc byte[HotRecords.RecordBytes];
        using var found = prefix.Resolves && !blocks.Holds(key) ? store.Find(key, scratch) : default;
        var code = found.Exists ? Answer(IdentifierRecord.Read(found.Bytes), ref answer) : HandleResponseCode.HandleNotFound;
        if (code == HandleResponseCode.HandleNotFound)
        {
            answer.Refuse(code);
        }

        ResolutionCounts.Count(prefix.Tally, Asker.Anybody, code);
        return true;
    }

    public override async ValueTask<HandleResponse> ResolveAsync(ResolutionRequest request, HandleIdentity? identity, CancellationToken cancellation)
    {
        var key = IdentifierName.KeyOf(request.Handle.Utf8);
        var prefix = key is null ? null : prefixes.Find(IdentifierName.OwningPrefix(key, key.AsSpan().IndexOf((byte)'/')));
        if (key is null || prefix is null)
        {
            return await foreign.ResolveAsync(request.Handle, (request.Flags & MessageOptions.Authoritative) != 0, cancellation);
        }

        if (IdentifierName.IsOfPrefix(key))
        {
            return await site.DescribeAsync(prefix, request, Kept(key), cancellation);
        }

        return prefix.Delegation is { } delegation && await NodeSites.OfAsync(delegation, cancellation) is { } other
            ? new(HandleResponseCode.ServiceReferral) { Values = [NodeSite.ValueOf(other)] }
            : HandleResponse.Failed(HandleResponseCode.HandleNotFound);
    }

    public override ValueTask<HandleResponse> AdministerAsync(HandleRequest request, HandleIdentity identity, CancellationToken cancellation) =>
        new(administration.Administer(request, identity));

    public override ValueTask<IReadOnlyList<HandleValue>> FindKeysAsync(HandleReference key, string type, CancellationToken cancellation) =>
        new(administration.KeysOf(key, type));

    private IReadOnlyList<HandleValue> Kept(byte[] key) =>
        [.. (StoredIdentifier.Find(store, key)?.Values ?? []).Where(value => (value.Permissions & HandlePermissions.PublicRead) != 0)];

    private static HandleResponseCode Answer(scoped IdentifierRecord record, scoped ref ResolutionAnswer answer)
    {
        if ((record.Head.Flags & RecordFlags.Deleted) != 0)
        {
            return HandleResponseCode.HandleNotFound;
        }

        var seen = false;
        for (var rest = record.Values; HandleValueWire.TryNext(ref rest, out var value);)
        {
            if ((value.Permissions & HandlePermissions.PublicRead) != 0 && !SecretValues.Holds(value))
            {
                seen = true;
                answer.Add(value.Bytes);
            }
        }

        return !seen ? HandleResponseCode.HandleNotFound : answer.Count == 0 ? HandleResponseCode.ValuesNotFound : HandleResponseCode.Success;
    }
}
