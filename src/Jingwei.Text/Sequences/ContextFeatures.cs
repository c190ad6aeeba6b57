using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Sequences;

/// <summary>Templates that look further: the verb and the preposition nearest, the position within sentence and clause.</summary>
internal static class ContextFeatures
{
    private const int Reach = 12;

    internal static void Add(TextSheet sheet, int i, FeatureSequence features)
    {
        BaseFeatures.Add(sheet, i, features);
        AddFarWords(sheet, i, features);
        AddPosition(sheet, i, features);
        AddTimes(sheet, i, features);
    }

    private static void AddTimes(TextSheet sheet, int i, FeatureSequence features)
    {
        ulong run = (ulong)(uint)((sheet.TimeRun(i - 1) << 4) | (sheet.TimeRun(i) << 2) | sheet.TimeRun(i + 1));
        features.Add(70, run);
        features.Add(71, (run << 16) | sheet.Plain(i));
        features.Add(72, (run << 16) | sheet.Plain(i + 1));
        features.Add(73, (run << 16) | sheet.Plain(i - 1));
    }

    private static void AddFarWords(TextSheet sheet, int i, FeatureSequence features)
    {
        // The nearest verb and preposition to the left, the nearest verb to the right, within the clause.
        for (var at = sheet.Word(i).Start - 1; at >= 0 && i - at < Reach && sheet.Kind(at) is not (CharacterKind.Stop or CharacterKind.Comma); at = sheet.Word(at).Start - 1)
        {
            if (sheet.Word(at).Entry.Part is PartOfSpeech.Verb or PartOfSpeech.Preposition)
            {
                features.Add(60, sheet.Word(at).Hash);
                break;
            }
        }

        for (var at = sheet.Word(i).End; at < sheet.Length && at - i < Reach && sheet.Kind(at) is not (CharacterKind.Stop or CharacterKind.Comma); at = sheet.Word(at).End)
        {
            if (sheet.Word(at).Entry.Part is PartOfSpeech.Verb or PartOfSpeech.VerbalNoun)
            {
                features.Add(61, sheet.Word(at).Hash);
                break;
            }
        }
    }

    private static void AddPosition(TextSheet sheet, int i, FeatureSequence features)
    {
        var clause = i;
        while (clause > 0 && i - clause < Reach && sheet.Kind(clause - 1) is not (CharacterKind.Stop or CharacterKind.Comma))
        {
            clause--;
        }

        features.Add(62, (ulong)(uint)Math.Min(i, 8));
        features.Add(63, ((ulong)(uint)Math.Min(i - clause, 6) << 6) | (ulong)sheet.Word(i).Entry.Part);
    }
}
