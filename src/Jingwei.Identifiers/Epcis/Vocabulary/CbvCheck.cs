namespace Jingwei.Identifiers.Epcis.Vocabulary;

/// <summary>A value that claims to be of the standard vocabulary and is not.</summary>
/// <param name="Field">The field in which it stands.</param>
/// <param name="Value">The value, as a Web URI.</param>
/// <param name="Vocabulary">The list in which it is not.</param>
public sealed record UnknownCbvWord(string Field, string Value, CbvVocabulary Vocabulary);

/// <summary>
/// Looks for words in the namespaces of the CBV that the CBV does not have (CBV 2.0, 6.1: nobody else may add any). The schema lets them pass, since
/// a full URI may be anything; whether they are refused is up to who takes the events in.
/// </summary>
public static class CbvCheck
{
    /// <summary>The unknown words of an event; none where all are known or nobody's claim to be standard.</summary>
    public static IReadOnlyList<UnknownCbvWord> UnknownWords(EpcisEvent read)
    {
        var unknown = new List<UnknownCbvWord>();
        Check(unknown, "bizStep", read.BizStep, Cbv.BizStep);
        Check(unknown, "disposition", read.Disposition, Cbv.Disposition);
        foreach (var word in (read.PersistentDisposition?.Set ?? []).Concat(read.PersistentDisposition?.Unset ?? []))
        {
            Check(unknown, "persistentDisposition", word, Cbv.Disposition);
        }

        foreach (var transaction in read.BizTransactionList)
        {
            Check(unknown, "bizTransactionList", transaction.Type, Cbv.BizTransactionType);
        }

        foreach (var source in read.SourceList)
        {
            Check(unknown, "sourceList", source.Type, Cbv.SourceDestinationType);
        }

        foreach (var destination in read.DestinationList)
        {
            Check(unknown, "destinationList", destination.Type, Cbv.SourceDestinationType);
        }

        Check(unknown, "errorDeclaration", read.ErrorDeclaration?.Reason, Cbv.ErrorReason);
        foreach (var report in read.SensorElementList.SelectMany(element => element.Reports))
        {
            Check(unknown, "type", report.Type, Cbv.MeasurementType);
            Check(unknown, "exception", report.Exception, Cbv.SensorAlertType);
            Check(unknown, "component", report.Component, Cbv.Component);
        }

        return unknown;
    }

    // Any word under the namespace counts, whichever list its prefix names: `cbv:my_own_party` is as little a type of source as `cbv:BizStep-shipping`.
    private static void Check(List<UnknownCbvWord> unknown, string field, string? value, CbvVocabulary vocabulary)
    {
        var space = vocabulary.UriPrefix.StartsWith(Cbv.Namespace, StringComparison.Ordinal) ? Cbv.Namespace : Cbv.WebVocabulary;
        if (value is not null && value.StartsWith(space, StringComparison.Ordinal) && vocabulary.WordOf(value) is null)
        {
            unknown.Add(new(field, value, vocabulary));
        }
    }
}
