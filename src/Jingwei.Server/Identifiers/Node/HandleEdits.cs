using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Server.Identifiers.Node;

/// <summary>What a change of values comes to.</summary>
/// <param name="Needs">What its administrator must be permitted.</param>
/// <param name="Refusal">Why it cannot be made; null where it can.</param>
/// <param name="Values">Of the handle after it.</param>
internal sealed record HandleEdit(AdminPermissions Needs, HandleResponseCode? Refusal, IReadOnlyList<HandleValue> Values);

/// <summary>Values added, changed, taken away (RFC 3652, sections 3.5 to 3.7); administrators (HS_ADMIN) take a permission of their own.</summary>
internal static class HandleEdits
{
    public static HandleEdit Add(IReadOnlyList<HandleValue> values, ValuesRequest request)
    {
        var overwrites = (request.Flags & MessageOptions.Overwrite) != 0;
        var there = request.Values.Where(added => values.Any(value => value.Index == added.Index)).ToList();
        var needs = Needs(request.Values, AdminPermissions.AddValue, AdminPermissions.AddAdmin);
        return there.Count > 0 && !overwrites
            ? new(needs, HandleResponseCode.ValueAlreadyExists, values)
            : new(needs | Needs(Named(values, there), AdminPermissions.ModifyValue, AdminPermissions.ModifyAdmin), null, With(values, request.Values));
    }

    public static HandleEdit Modify(IReadOnlyList<HandleValue> values, ValuesRequest request)
    {
        var before = Named(values, request.Values);
        var needs = Needs([.. before, .. request.Values], AdminPermissions.ModifyValue, AdminPermissions.ModifyAdmin);
        return before.Count < request.Values.Count ? new(needs, HandleResponseCode.ValuesNotFound, values)
            : before.Exists(value => (value.Permissions & (HandlePermissions.AdminWrite | HandlePermissions.PublicWrite)) == 0) ? new(needs, HandleResponseCode.InsufficientPermissions, values)
            : new(needs, null, With(values, request.Values));
    }

    public static HandleEdit Remove(IReadOnlyList<HandleValue> values, RemoveValuesRequest request)
    {
        var removed = values.Where(value => request.Indexes.Contains(value.Index)).ToList();
        var needs = Needs(removed, AdminPermissions.RemoveValue, AdminPermissions.RemoveAdmin);
        return removed.Count < request.Indexes.Distinct().Count()
            ? new(needs, HandleResponseCode.ValuesNotFound, values)
            : new(needs, null, [.. values.Where(value => !request.Indexes.Contains(value.Index))]);
    }

    private static List<HandleValue> Named(IReadOnlyList<HandleValue> values, IReadOnlyList<HandleValue> names) =>
        [.. values.Where(value => names.Any(name => name.Index == value.Index))];

    private static List<HandleValue> With(IReadOnlyList<HandleValue> values, IReadOnlyList<HandleValue> changed) =>
        [.. values.Where(value => changed.All(each => each.Index != value.Index)), .. changed];

    private static AdminPermissions Needs(IReadOnlyCollection<HandleValue> values, AdminPermissions ofValue, AdminPermissions ofAdmin)
    {
        var needs = AdminPermissions.None;
        foreach (var value in values)
        {
            needs |= HandleTypes.IsOrBelow(value.Type, HandleTypes.Admin) ? ofAdmin : ofValue;
        }

        return needs;
    }
}
