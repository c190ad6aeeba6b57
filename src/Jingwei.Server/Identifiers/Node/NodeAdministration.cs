using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Access;
using Jingwei.Server.Identifiers.Registration;
using Jingwei.Server.Identifiers.Registry;
using Jingwei.Server.Identifiers.Resolution;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>
/// Identifiers made and changed over the Handle protocol (RFC 3652, section 3). Who may do what is said by HS_ADMIN values (RFC 3651, section
/// 3.2.1): those of the identifier, and of the prefix's own handle, `0.NA/...`, which its party registers by HTTP.
/// </summary>
internal sealed class NodeAdministration(IdentifierStore store, ResolvedPrefixes prefixes, Audit audit)
{
    // A change is made on the version that was read; so many others may come between before it is given up.
    private const int Tries = 8;

    // Lists of administrators within lists (HS_VLIST).
    private const int Depth = 4;

    // Handles of a list that fit a message: RFC 3652 splits no list, and the library takes no longer message.
    private const int ListBytes = WireLimits.Message - 1024;

    public HandleResponse Administer(HandleRequest request, HandleIdentity identity)
    {
        var key = IdentifierName.KeyOf(request.Handle.Utf8);
        var owning = key is null ? default : IdentifierName.OwningPrefix(key, key.AsSpan().IndexOf((byte)'/'));
        if (key is null || prefixes.Find(owning) is not { } prefix)
        {
            return HandleResponse.Failed(HandleResponseCode.ServerNotResponsible);
        }

        var response = prefix.Resolves ? Administer(request, identity, key, [.. owning]) : HandleResponse.Failed(HandleResponseCode.ServerNotResponsible);
        audit.Record($"handle/{identity.Key}", $"HANDLE {request.Operation}", request.Handle.ToString(), HandleHttpStatus.Of(response.Code, request.Operation));
        return response;
    }

    /// <summary>The keys of a type that a handle of this node has; of one index, or all for 0.</summary>
    public IReadOnlyList<HandleValue> KeysOf(HandleReference key, string type) =>
        IdentifierName.KeyOf(key.Handle.Utf8) is { } name
            ? [.. ValuesOf(name).Where(value => HandleTypes.IsOrBelow(value.Type, type) && (key.Index == 0 || key.Index == value.Index))]
            : [];

    private HandleResponse Administer(HandleRequest request, HandleIdentity identity, byte[] key, byte[] prefix) => request switch
    {
        PlainRequest { Operation: HandleOperation.ListHandles } => May(identity, AdminPermissions.ListHandles, PrefixValues(prefix)) ? List(prefix) : Lacks(identity, PrefixValues(prefix)),
        PlainRequest { Operation: HandleOperation.DeleteHandle } => Delete(identity, key, prefix),
        ValuesRequest { Operation: HandleOperation.CreateHandle } create => Create(create, identity, key, prefix),
        ValuesRequest { Operation: HandleOperation.AddValue } add => Edit(identity, key, prefix, values => HandleEdits.Add(values, add)),
        ValuesRequest { Operation: HandleOperation.ModifyValue } modify => Edit(identity, key, prefix, values => HandleEdits.Modify(values, modify)),
        RemoveValuesRequest remove => Edit(identity, key, prefix, values => HandleEdits.Remove(values, remove)),
        _ => HandleResponse.Failed(HandleResponseCode.OperationDenied),
    };

    private HandleResponse Create(ValuesRequest request, HandleIdentity identity, byte[] key, byte[] prefix)
    {
        // What takes the place of another takes that away.
        var overwrites = (request.Flags & MessageOptions.Overwrite) != 0;
        var needs = AdminPermissions.AddHandle | (overwrites ? AdminPermissions.DeleteHandle : AdminPermissions.None);
        return May(identity, needs, PrefixValues(prefix))
            ? Write(identity, key, overwrites ? WriteMode.Put : WriteMode.Create, null, request.Values) ?? HandleResponse.Failed(HandleResponseCode.ServerBusy)
            : Lacks(identity, PrefixValues(prefix));
    }

    private HandleResponse Delete(HandleIdentity identity, byte[] key, byte[] prefix)
    {
        if (StoredIdentifier.Find(store, key) is not { } found)
        {
            return HandleResponse.Failed(HandleResponseCode.HandleNotFound);
        }

        IReadOnlyList<HandleValue> administrators = [.. found.Values, .. PrefixValues(prefix)];
        return May(identity, AdminPermissions.DeleteHandle, administrators)
            ? Write(identity, key, WriteMode.Delete, null, []) ?? HandleResponse.Failed(HandleResponseCode.ServerBusy)
            : Lacks(identity, administrators);
    }

    private HandleResponse Edit(HandleIdentity identity, byte[] key, byte[] prefix, Func<IReadOnlyList<HandleValue>, HandleEdit> change)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (StoredIdentifier.Find(store, key) is not { } found)
            {
                return HandleResponse.Failed(HandleResponseCode.HandleNotFound);
            }

            var edit = change(found.Values);
            IReadOnlyList<HandleValue> administrators = [.. found.Values, .. PrefixValues(prefix)];
            if (!May(identity, edit.Needs, administrators))
            {
                return Lacks(identity, administrators);
            }

            if (edit.Refusal is { } refusal)
            {
                return HandleResponse.Failed(refusal);
            }

            if (Write(identity, key, WriteMode.Replace, found, edit.Values) is { } written)
            {
                return written;
            }
        }

        return HandleResponse.Failed(HandleResponseCode.ServerBusy);
    }

    // Null: somebody changed it meanwhile. Values keep their audiences, and the identifier its template, of which the protocol knows nothing.
    private HandleResponse? Write(HandleIdentity identity, byte[] key, WriteMode mode, StoredIdentifier? before, IReadOnlyList<HandleValue> values)
    {
        var row = new RowWriter();
        row.Begin();
        var fault = row.Name(key);
        foreach (var value in values)
        {
            // The time of a change is this node's to tell.
            fault ??= row.Value(value with { Timestamp = 0 }, before?.AudienceOf(value.Index) ?? Audiences.None);
        }

        if (fault is not null)
        {
            return HandleResponse.Failed(fault == RowFault.Name ? HandleResponseCode.InvalidHandle : HandleResponseCode.InvalidValue, fault.Detail);
        }

        using var batch = new RegistrationBatch();
        row.AddTo(batch, mode, before?.Template ?? 0, before?.Version ?? 0);
        store.Write(batch, $"handle/{identity.Key}");
        return batch.Rows[0].Outcome switch
        {
            WriteOutcome.Stale => null,
            WriteOutcome.Exists => HandleResponse.Failed(HandleResponseCode.HandleAlreadyExists),
            WriteOutcome.Missing => HandleResponse.Failed(HandleResponseCode.HandleNotFound),
            WriteOutcome.OverQuota => HandleResponse.Failed(HandleResponseCode.OperationDenied, RowFault.OverQuota.Detail),
            _ => HandleResponse.Done,
        };
    }

    private HandleResponse List(byte[] prefix)
    {
        var handles = new List<HandleName>();
        var left = ListBytes;
        byte[] below = [.. prefix, (byte)'/'];
        store.Walk(below, below, (key, record) =>
        {
            left -= key.Length + sizeof(int);
            if (left > 0 && !record.Head.Flags.HasFlag(RecordFlags.Deleted) && HandleName.TryParse(key, out var name))
            {
                handles.Add(name);
            }

            return left > 0;
        });
        return left > 0
            ? new(HandleResponseCode.Success) { Handles = handles }
            : HandleResponse.Failed(HandleResponseCode.OperationDenied, "There are more handles than a message holds; list them by HTTP.");
    }

    private bool May(HandleIdentity identity, AdminPermissions needs, IReadOnlyList<HandleValue> values) =>
        values.Any(value => HandleTypes.IsOrBelow(value.Type, HandleTypes.Admin) && HandleAdmin.TryRead(value.Data.Span, out var admin, out _) &&
            (admin!.Permissions & needs) == needs && Means(admin.Admin, identity.Key, Depth));

    private static HandleResponse Lacks(HandleIdentity identity, IReadOnlyList<HandleValue> values) => HandleResponse.Failed(
        values.Any(value => HandleTypes.IsOrBelow(value.Type, HandleTypes.Admin) && HandleAdmin.TryRead(value.Data.Span, out var admin, out _) && Same(admin!.Admin, identity.Key))
            ? HandleResponseCode.InsufficientPermissions
            : HandleResponseCode.InvalidAdmin);

    // An administrator is a key, or a list of them.
    private bool Means(HandleReference admin, HandleReference key, int depth) =>
        Same(admin, key) ||
        (depth > 0 && IdentifierName.KeyOf(admin.Handle.Utf8) is { } name && ValuesOf(name)
            .Where(value => HandleTypes.IsOrBelow(value.Type, HandleTypes.ValueList) && (admin.Index == 0 || admin.Index == value.Index))
            .Any(value => HandleValueList.TryRead(value.Data.Span, out var list, out _) && list!.References.Any(each => Means(each, key, depth - 1))));

    private static bool Same(HandleReference admin, HandleReference key) =>
        (admin.Index == 0 || admin.Index == key.Index) && HandleComparer.CaseSensitiveSuffix.Equals(admin.Handle, key.Handle);

    private IReadOnlyList<HandleValue> PrefixValues(byte[] prefix) => ValuesOf([.. "0.na/"u8, .. prefix]);

    private IReadOnlyList<HandleValue> ValuesOf(byte[] key) => StoredIdentifier.Find(store, key)?.Values ?? [];
}
