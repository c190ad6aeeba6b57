using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>What an event as a whole must have, by its type (EPCIS 2.0, 7.4, and its JSON schema).</summary>
internal static class EventRules
{
    public static void Rules(this ReadingScope scope, EpcisEvent read)
    {
        scope.Has(read, "eventTime"u8, "eventTime");
        scope.Has(read, "eventTimeZoneOffset"u8, "eventTimeZoneOffset");
        switch (read.Type)
        {
            case EpcisEventType.ObjectEvent:
                scope.Has(read, "action"u8, "action");
                scope.ObjectWhat(read);
                break;
            case EpcisEventType.AggregationEvent:
                scope.Has(read, "action"u8, "action");
                scope.Children(read);
                break;
            case EpcisEventType.AssociationEvent:
                scope.Has(read, "action"u8, "action");
                scope.Has(read, "parentID"u8, "parentID");
                scope.Children(read);
                break;
            case EpcisEventType.TransactionEvent:
                scope.Has(read, "action"u8, "action");
                scope.TransactionWhat(read);
                break;
            case EpcisEventType.TransformationEvent:
                scope.TransformationWhat(read);
                break;
            default:
                break;
        }
    }

    private static void ObjectWhat(this ReadingScope scope, EpcisEvent read)
    {
        if (!IsThere(read, "epcList"u8) && !HasMembers(read, "quantityList"u8) && !(HasMembers(read, "sensorElementList"u8) && IsThere(read, "readPoint"u8)))
        {
            scope.Report(EpcisProblemCode.MissingWhat, null, "An object event has an epcList, a quantityList, or a sensorElementList with a readPoint.");
        }

        if (read.Ilmd.ValueKind != JsonValueKind.Undefined && read.Action is not (null or EpcisAction.Add))
        {
            scope.Report(EpcisProblemCode.IlmdWithoutAdd, "ilmd", "Only an event of action ADD has ILMD.");
        }
    }

    private static void Children(this ReadingScope scope, EpcisEvent read)
    {
        if (!HasMembers(read, "childEPCs"u8) && !HasMembers(read, "childQuantityList"u8) && read.Action is not (null or EpcisAction.Delete))
        {
            scope.Report(EpcisProblemCode.MissingWhat, null, "Unless its action is DELETE, it has something in childEPCs or childQuantityList.");
        }
    }

    private static void TransactionWhat(this ReadingScope scope, EpcisEvent read)
    {
        scope.Has(read, "bizTransactionList"u8, "bizTransactionList");
        if (IsThere(read, "bizTransactionList"u8) && !HasMembers(read, "bizTransactionList"u8))
        {
            scope.Report(EpcisProblemCode.Empty, "bizTransactionList", "At least one business transaction has to be in it.");
        }

        if (!IsThere(read, "epcList"u8) && !HasMembers(read, "quantityList"u8) && read.Action is not (null or EpcisAction.Delete))
        {
            scope.Report(EpcisProblemCode.MissingWhat, null, "Unless its action is DELETE, a transaction event has an epcList or a quantityList.");
        }
    }

    private static void TransformationWhat(this ReadingScope scope, EpcisEvent read)
    {
        var input = HasMembers(read, "inputEPCList"u8) || HasMembers(read, "inputQuantityList"u8);
        var output = HasMembers(read, "outputEPCList"u8) || HasMembers(read, "outputQuantityList"u8);
        if (IsThere(read, "transformationID"u8) ? !input && !output : !input || !output)
        {
            scope.Report(EpcisProblemCode.MissingWhat, null, "A transformation event has inputs and outputs; with a transformationID one of both is enough.");
        }
    }

    private static void Has(this ReadingScope scope, EpcisEvent read, ReadOnlySpan<byte> utf8, string name) => scope.Require(read.Json.TryGetProperty(utf8, out _), name);

    private static bool IsThere(EpcisEvent read, ReadOnlySpan<byte> name) => read.Json.TryGetProperty(name, out _);

    // Members that cannot be read have been reported for themselves; that nothing is there would be said on top.
    private static bool HasMembers(EpcisEvent read, ReadOnlySpan<byte> name) =>
        read.Json.TryGetProperty(name, out var list) && (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > 0);
}
