namespace Jingwei.Text.Likeness;

/// <summary>What a feature speaks of: its share of the logit is shown under this name.</summary>
internal enum LikenessGroup : byte
{
    Base,
    Text,
    Time,
    Place,
    Class,
    Numbers,
}

/// <summary>The features of two profiles, in the order of a model's weights.</summary>
internal enum LikenessFeature
{
    Base,
    Cosine,
    CosineAbove,
    TitleCosine,
    Overlap,
    RareShared,
    SameDay,
    NextDay,
    FewDays,
    WithinWeek,
    WithinMonth,
    Later,
    SameDayOfOtherYear,
    NoDay,
    LogDays,
    SameMinute,
    OtherHour,
    FeltAtOnce,
    SameCounty,
    SameCity,
    SameProvince,
    OtherProvince,
    OtherProvinceNamed,
    OtherCity,
    OtherCounty,
    NoRegion,
    SameTown,
    OtherTown,
    OtherCountyAndTown,
    NamesShared,
    NamesRatio,
    TitleNamesLess,
    TitleNamesMore,
    OtherTitleNames,
    OtherNames,
    SameKind,
    OtherKind,
    OtherClass,
    SameDead,
    OtherDead,
    SameInjured,
    OtherInjured,
    SameMagnitude,
    OtherMagnitude,
    NumbersShared,
    Count,
}

/// <summary>Groups and signs of the features.</summary>
internal static class LikenessFeatures
{
    /// <summary>Number of features.</summary>
    internal const int Count = (int)LikenessFeature.Count;

    /// <summary>The group of a feature.</summary>
    internal static LikenessGroup Group(int feature) => (LikenessFeature)feature switch
    {
        LikenessFeature.Base => LikenessGroup.Base,
        < LikenessFeature.SameDay => LikenessGroup.Text,
        < LikenessFeature.SameCounty => LikenessGroup.Time,
        < LikenessFeature.SameKind => LikenessGroup.Place,
        < LikenessFeature.SameDead => LikenessGroup.Class,
        _ => LikenessGroup.Numbers,
    };

    /// <summary>1 or -1: the only sign that a weight may have, whatever a small corpus says; 0: either.</summary>
    internal static int Sign(int feature) => (LikenessFeature)feature switch
    {
        LikenessFeature.Cosine or LikenessFeature.CosineAbove or LikenessFeature.TitleCosine or LikenessFeature.Overlap or LikenessFeature.RareShared
            or LikenessFeature.SameDay or LikenessFeature.SameDayOfOtherYear or LikenessFeature.SameMinute or LikenessFeature.FeltAtOnce
            or LikenessFeature.SameCounty or LikenessFeature.SameCity or LikenessFeature.SameProvince or LikenessFeature.SameTown
            or LikenessFeature.NamesShared or LikenessFeature.NamesRatio or LikenessFeature.TitleNamesLess or LikenessFeature.TitleNamesMore
            or LikenessFeature.SameKind or LikenessFeature.SameDead or LikenessFeature.SameInjured or LikenessFeature.SameMagnitude or LikenessFeature.NumbersShared => 1,
        LikenessFeature.WithinMonth or LikenessFeature.Later or LikenessFeature.LogDays or LikenessFeature.OtherHour
            or LikenessFeature.OtherProvince or LikenessFeature.OtherCity or LikenessFeature.OtherCounty or LikenessFeature.OtherTown or LikenessFeature.OtherCountyAndTown
            or LikenessFeature.OtherTitleNames or LikenessFeature.OtherNames or LikenessFeature.OtherKind or LikenessFeature.OtherClass or LikenessFeature.OtherMagnitude => -1,
        _ => 0,
    };

    /// <summary>What a weight is held to be before any example: by judgement, for corpora hold few incidents.</summary>
    internal static double Prior(LikenessTask task, int feature) => task == LikenessTask.Event ? OfEvent((LikenessFeature)feature) : OfIssue((LikenessFeature)feature);

    private static double OfIssue(LikenessFeature feature) => feature switch
    {
        LikenessFeature.Base => -6,
        LikenessFeature.Cosine => 1,
        LikenessFeature.TitleCosine => 1,
        LikenessFeature.RareShared => 1,
        LikenessFeature.OtherProvince => -2,
        LikenessFeature.OtherProvinceNamed => 1,
        LikenessFeature.OtherCity => -2,
        LikenessFeature.OtherCounty => -1,
        LikenessFeature.SameTown => 0.5,
        LikenessFeature.OtherTown => -1,
        LikenessFeature.NamesShared => 0.7,
        LikenessFeature.NamesRatio => 1,
        LikenessFeature.TitleNamesLess => 2,
        LikenessFeature.TitleNamesMore => 1.5,
        LikenessFeature.OtherTitleNames => -3,
        LikenessFeature.OtherNames => -1,
        LikenessFeature.SameKind => 0.3,
        _ => 0,
    };

    private static double OfEvent(LikenessFeature feature) => feature switch
    {
        LikenessFeature.Base => -6.5,
        LikenessFeature.Cosine => 1,
        LikenessFeature.CosineAbove => 1.5,
        LikenessFeature.TitleCosine => 1,
        LikenessFeature.Overlap => 1,
        LikenessFeature.RareShared => 0.3,
        LikenessFeature.SameDay => 2.5,
        LikenessFeature.NextDay => 0.5,
        LikenessFeature.FewDays => -2.5,
        LikenessFeature.WithinWeek => -3.5,
        LikenessFeature.WithinMonth => -5,
        LikenessFeature.Later => -7,
        LikenessFeature.SameDayOfOtherYear => 6,
        LikenessFeature.LogDays => -0.3,
        LikenessFeature.SameMinute => 2,
        LikenessFeature.OtherHour => -2,
        LikenessFeature.FeltAtOnce => 6,
        LikenessFeature.SameCounty => 2,
        LikenessFeature.SameCity => 1.5,
        LikenessFeature.SameProvince => 0.5,
        LikenessFeature.OtherProvince => -3,
        LikenessFeature.OtherProvinceNamed => 1.5,
        LikenessFeature.OtherCity => -3,
        LikenessFeature.OtherCounty => -2.5,
        LikenessFeature.SameTown => 1.5,
        LikenessFeature.OtherTown => -0.5,
        LikenessFeature.OtherCountyAndTown => -2,
        LikenessFeature.NamesShared => 0.2,
        LikenessFeature.NamesRatio => 2,
        LikenessFeature.TitleNamesLess => 1.5,
        LikenessFeature.TitleNamesMore => 2,
        LikenessFeature.OtherNames => -2,
        LikenessFeature.OtherTitleNames => -2,
        LikenessFeature.SameKind => 1.3,
        LikenessFeature.OtherKind => -1,
        LikenessFeature.OtherClass => -1.5,
        LikenessFeature.SameDead => 0.7,
        LikenessFeature.OtherDead => -0.5,
        LikenessFeature.SameInjured => 0.5,
        LikenessFeature.OtherInjured => -0.4,
        LikenessFeature.SameMagnitude => 1.5,
        LikenessFeature.OtherMagnitude => -1.5,
        LikenessFeature.NumbersShared => 0.8,
        _ => 0,
    };
}
