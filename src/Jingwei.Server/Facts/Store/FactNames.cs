using System.Runtime.InteropServices;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.Store;

/// <summary>What an event is found by: the identifiers that it names, and the words and places that lists have of it.</summary>
internal static class FactNames
{
    /// <summary>Adds the identifiers that an event names, and as what each stands in it.</summary>
    public static void Collect(EpcisEvent read, Dictionary<(FactNameKind Kind, string Name), FactRoles> names)
    {
        Collect(names, read.EpcList, FactRoles.Object);
        Collect(names, read.ChildEpcs, FactRoles.Child);
        Collect(names, read.InputEpcList, FactRoles.Input);
        Collect(names, read.OutputEpcList, FactRoles.Output);
        Collect(names, read.QuantityList, FactRoles.Object);
        Collect(names, read.ChildQuantityList, FactRoles.Child);
        Collect(names, read.InputQuantityList, FactRoles.Input);
        Collect(names, read.OutputQuantityList, FactRoles.Output);
        foreach (var lot in LotNames.Of(read))
        {
            Collect(names, FactNameKind.Object, lot, FactRoles.Lot);
        }

        if (read.ParentId is { } parent)
        {
            Collect(names, FactNameKind.Object, parent, FactRoles.Parent);
        }

        if (read.TransformationId is { } transformation)
        {
            Collect(names, FactNameKind.Transformation, transformation, FactRoles.None);
        }

        foreach (var transaction in read.BizTransactionList)
        {
            Collect(names, FactNameKind.BizTransaction, transaction.Id, FactRoles.None);
        }
    }

    /// <summary>The words and places of an event that lists have; its objects are among the names.</summary>
    public static IEnumerable<(FactWordKind Kind, string Word)> WordsOf(EpcisEvent read)
    {
        (FactWordKind Kind, string? Word)[] all =
        [
            (FactWordKind.EventType, read.Type == EpcisEventType.Extended ? read.Context.Expand(read.TypeName) : read.TypeName),
            (FactWordKind.BizStep, read.BizStep),
            (FactWordKind.Disposition, read.Disposition),
            (FactWordKind.ReadPoint, read.ReadPoint),
            (FactWordKind.BizLocation, read.BizLocation),
        ];
        return all.Where(each => each.Word is { Length: <= FactLimits.NameBytes }).Select(each => (each.Kind, each.Word!));
    }

    private static void Collect(Dictionary<(FactNameKind, string), FactRoles> names, IReadOnlyList<string> epcs, FactRoles role)
    {
        foreach (var epc in epcs)
        {
            Collect(names, FactNameKind.Object, epc, role);
        }
    }

    private static void Collect(Dictionary<(FactNameKind, string), FactRoles> names, IReadOnlyList<QuantityElement> quantities, FactRoles role)
    {
        foreach (var quantity in quantities)
        {
            Collect(names, FactNameKind.Object, quantity.EpcClass, role | FactRoles.Class);
        }
    }

    private static void Collect(Dictionary<(FactNameKind, string), FactRoles> names, FactNameKind kind, string name, FactRoles role)
    {
        ref var roles = ref CollectionsMarshal.GetValueRefOrAddDefault(names, (kind, CanonicalIdentifier.Of(name)), out _);
        roles |= role;
    }
}
