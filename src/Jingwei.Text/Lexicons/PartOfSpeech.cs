namespace Jingwei.Text.Lexicons;

/// <summary>Parts of speech, as coarse as the labelling needs them; the tags are those of the jieba lexicon (ICTPOS).</summary>
public enum PartOfSpeech : byte
{
    Unknown,
    Noun,
    PersonName,
    ForeignName,
    PlaceName,
    Organisation,
    ProperNoun,
    Verb,
    VerbalNoun,
    Adjective,
    Adverb,
    Numeral,
    Measure,
    Pronoun,
    Preposition,
    Conjunction,
    Particle,
    Time,
    Direction,
    Site,
    Idiom,
    Phrase,
    Abbreviation,
    Distinguishing,
    State,
    Latin,
    Morpheme,
    Other,
}

internal static class PartOfSpeechTags
{
    /// <summary>The part of speech that a tag of the jieba lexicon names.</summary>
    internal static PartOfSpeech Parse(string tag) => tag switch
    {
        "n" => PartOfSpeech.Noun,
        "nr" => PartOfSpeech.PersonName,
        "nrt" or "nrfg" => PartOfSpeech.ForeignName,
        "ns" => PartOfSpeech.PlaceName,
        "nt" => PartOfSpeech.Organisation,
        "nz" => PartOfSpeech.ProperNoun,
        "v" or "vi" or "vq" or "vd" => PartOfSpeech.Verb,
        "vn" => PartOfSpeech.VerbalNoun,
        "a" or "ad" or "an" => PartOfSpeech.Adjective,
        "d" or "df" => PartOfSpeech.Adverb,
        "m" or "mq" => PartOfSpeech.Numeral,
        "q" => PartOfSpeech.Measure,
        "r" or "rr" or "rz" => PartOfSpeech.Pronoun,
        "p" => PartOfSpeech.Preposition,
        "c" => PartOfSpeech.Conjunction,
        "t" => PartOfSpeech.Time,
        "f" => PartOfSpeech.Direction,
        "s" => PartOfSpeech.Site,
        "i" => PartOfSpeech.Idiom,
        "l" => PartOfSpeech.Phrase,
        "j" => PartOfSpeech.Abbreviation,
        "b" => PartOfSpeech.Distinguishing,
        "z" or "zg" => PartOfSpeech.State,
        "x" => PartOfSpeech.Latin,
        _ when tag.StartsWith('u') || tag is "y" or "e" or "o" => PartOfSpeech.Particle,
        _ when tag.EndsWith('g') || tag is "g" or "h" or "k" => PartOfSpeech.Morpheme,
        _ => PartOfSpeech.Other,
    };
}
