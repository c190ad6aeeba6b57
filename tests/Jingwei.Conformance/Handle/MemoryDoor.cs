using System.Collections.Concurrent;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Conformance.Handle;

/// <summary>Handles in memory, with one administrator for all; decides as the Handle.Net server does.</summary>
internal sealed class MemoryDoor : HandleDoor
{
    private readonly ConcurrentDictionary<HandleName, byte[]> handles = new(HandleComparer.CaseInsensitive);

    public HandleSite? OwnSite { get; set; }

    public HashSet<HandleReference> Admins { get; } = [];

    /// <summary>Not known at once, but found.</summary>
    public HandleName Slow { get; set; }

    public override HandleSite? Site => OwnSite;

    public void Put(string handle, params HandleValue[] values) => handles[HandleName.Parse(handle)] = HandleValueWire.Encode(values);

    public override bool Resolve(scoped in ResolutionQuery query, scoped ref ResolutionAnswer answer)
    {
        if (HandleComparer.CaseInsensitive.Equals(query.Handle, Slow))
        {
            return false;
        }

        if (handles.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(query.Handle, out var values))
        {
            answer.Add(values);
        }
        else
        {
            answer.Refuse(HandleResponseCode.HandleNotFound);
        }

        return true;
    }

    public override ValueTask<HandleResponse> ResolveAsync(ResolutionRequest request, HandleIdentity? identity, CancellationToken cancellation) =>
        new(handles.TryGetValue(request.Handle, out var bytes)
            ? identity is null || Admins.Contains(identity.Key) ? HandleResponse.Done with { Values = Decode(bytes) } : HandleResponse.Failed(HandleResponseCode.InvalidAdmin)
            : HandleResponse.Failed(HandleResponseCode.HandleNotFound));

    public override ValueTask<IReadOnlyList<HandleValue>> FindKeysAsync(HandleReference key, string type, CancellationToken cancellation) =>
        new(handles.TryGetValue(key.Handle, out var bytes) ? Decode(bytes) : []);

    public override ValueTask<HandleResponse> AdministerAsync(HandleRequest request, HandleIdentity identity, CancellationToken cancellation) =>
        new(Admins.Contains(identity.Key) ? Administer(request) : HandleResponse.Failed(HandleResponseCode.InvalidAdmin));

    private static IReadOnlyList<HandleValue> Decode(byte[] bytes) => HandleValueWire.TryDecode(bytes, out var values, out _) ? values : [];

    private HandleResponse Administer(HandleRequest request) => (request, handles.TryGetValue(request.Handle, out var bytes)) switch
    {
        (ValuesRequest { Operation: HandleOperation.CreateHandle } create, false) => Store(create.Handle, create.Values),
        (ValuesRequest { Operation: HandleOperation.CreateHandle }, true) => HandleResponse.Failed(HandleResponseCode.HandleAlreadyExists),
        (PlainRequest { Operation: HandleOperation.ListHandles }, _) => HandleResponse.Done with { Handles = [.. handles.Keys.Where(each => request.Handle.Suffix.SequenceEqual(each.Prefix)).OrderBy(each => each.ToString(), StringComparer.Ordinal)] },
        (_, false) => HandleResponse.Failed(HandleResponseCode.HandleNotFound),
        (PlainRequest { Operation: HandleOperation.DeleteHandle }, _) => handles.TryRemove(request.Handle, out _) ? HandleResponse.Done : HandleResponse.Failed(HandleResponseCode.HandleNotFound),
        (ValuesRequest { Operation: HandleOperation.AddValue } add, _) => Add(add, Decode(bytes!)),
        (ValuesRequest { Operation: HandleOperation.ModifyValue } modify, _) => Store(modify.Handle, [.. Decode(bytes!).Select(old => modify.Values.FirstOrDefault(each => each.Index == old.Index) ?? old)]),
        (RemoveValuesRequest remove, _) => Store(remove.Handle, [.. Decode(bytes!).Where(each => !remove.Indexes.Contains(each.Index))]),
        _ => HandleResponse.Failed(HandleResponseCode.OperationDenied),
    };

    private HandleResponse Add(ValuesRequest add, IReadOnlyList<HandleValue> values) =>
        values.Any(old => add.Values.Any(each => each.Index == old.Index)) ? HandleResponse.Failed(HandleResponseCode.ValueAlreadyExists) : Store(add.Handle, [.. values, .. add.Values]);

    private HandleResponse Store(HandleName handle, IReadOnlyList<HandleValue> values)
    {
        handles[handle] = HandleValueWire.Encode(values);
        return HandleResponse.Done;
    }
}
