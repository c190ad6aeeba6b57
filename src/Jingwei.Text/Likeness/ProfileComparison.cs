using static Jingwei.Text.Likeness.LikenessFeature;

namespace Jingwei.Text.Likeness;

/// <summary>Compares two profiles feature by feature.</summary>
internal static class ProfileComparison
{
    private const float SomewhatAlike = 0.2f;
    private const float FewNames = 2.5f;
    // Forms share whole sentences.
    private const float MostRare = 12;
    private const float RareNats = 6.5f;
    private const float NamesApart = 0.4f;
    private const int MinutesAlike = 20;
    private const int MinutesOther = 120;
    private const int MagnitudeAlike = 30;

    /// <summary>Fills in all features.</summary>
    internal static void Fill(ReportProfile a, ReportProfile b, Span<float> features)
    {
        features.Clear();
        features[(int)Base] = 1;
        Regions(a, b, features);
        Towns(a, b, features);
        Terms(a, b, features);
        Time(a, b, features);
        Kinds(a, b, features);
        Counts(a, b, features);
    }

    private static void Terms(ReportProfile a, ReportProfile b, Span<float> features)
    {
        float shared = 0, titles = 0, rare = 0, names = 0, namesOfA = 0, namesOfB = 0;
        for (int i = 0, j = 0; i < a.Terms.Length && j < b.Terms.Length;)
        {
            ref readonly var left = ref a.Terms[i];
            ref readonly var right = ref b.Terms[j];
            if (left.Key != right.Key)
            {
                (i, j) = left.Key < right.Key ? (i + 1, j) : (i, j + 1);
                continue;
            }

            var nats = left.Nats;
            shared += nats * nats;
            titles += left.InTitle && right.InTitle ? nats * nats : 0;
            rare += nats >= RareNats ? 1 : 0;
            names += Math.Min(left.NameWeight, right.NameWeight);
            namesOfA += left.InTitle ? left.NameWeight : 0;
            namesOfB += right.InTitle ? right.NameWeight : 0;
            i++;
            j++;
        }

        var cosine = Share(shared, MathF.Sqrt(a.Squares * b.Squares));
        features[(int)Cosine] = cosine;
        features[(int)CosineAbove] = Math.Max(0, cosine - SomewhatAlike);
        features[(int)TitleCosine] = Share(titles, MathF.Sqrt(a.TitleSquares * b.TitleSquares));
        features[(int)Overlap] = Share(shared, Math.Min(a.Squares, b.Squares));
        features[(int)RareShared] = MathF.Log(1 + Math.Min(rare, MostRare));
        // Of one name are estates and schools of many counties.
        var apart = Math.Max(features[(int)OtherCity], features[(int)OtherCounty]) > 0 ? NamesApart : 1;
        features[(int)NamesShared] = apart * MathF.Log(1 + names);
        features[(int)NamesRatio] = apart * Share(names, Math.Min(a.Names, b.Names));
        features[(int)OtherNames] = a.Names > 0 && b.Names > 0 ? Math.Max(0, 1 - (FewNames * features[(int)NamesRatio])) : 0;
        var (ofA, ofB) = (Share(namesOfA, a.TitleNames), Share(namesOfB, b.TitleNames));
        features[(int)TitleNamesLess] = apart * Math.Min(ofA, ofB);
        features[(int)TitleNamesMore] = apart * Math.Max(ofA, ofB);
        features[(int)OtherTitleNames] = a.TitleNames > 0 && b.TitleNames > 0 ? Math.Max(0, 1 - (FewNames * Math.Max(ofA, ofB))) : 0;
    }

    private static float Share(float part, float whole) => whole > 0 ? part / whole : 0;

    private static void Time(ReportProfile a, ReportProfile b, Span<float> features)
    {
        if (a.Day == 0 || b.Day == 0)
        {
            features[(int)NoDay] = 1;
            return;
        }

        var days = Math.Abs(a.Day - b.Day);
        features[(int)(days switch { 0 => SameDay, 1 => NextDay, <= 3 => FewDays, <= 7 => WithinWeek, <= 31 => WithinMonth, _ => Later })] = 1;
        features[(int)LogDays] = MathF.Log(1 + days);
        var (first, second) = (DateOnly.FromDayNumber(a.Day), DateOnly.FromDayNumber(b.Day));
        features[(int)SameDayOfOtherYear] = days > 0 && first.Day == second.Day && first.Month == second.Month ? 1 : 0;
        if (days == 0 && a.Minute >= 0 && b.Minute >= 0)
        {
            var minutes = Math.Abs(a.Minute - b.Minute);
            features[(int)SameMinute] = minutes <= MinutesAlike ? 1 : 0;
            features[(int)OtherHour] = minutes > MinutesOther ? 1 : 0;
        }

        // What is felt far away at once: one earthquake has reports from many provinces.
        features[(int)FeltAtOnce] = days == 0 && a.Kind == Seismic && b.Kind == Seismic ? 1 : 0;
    }

    private static readonly uint Seismic = Lexicons.WordHash.Of("seismic");

    private static void Regions(ReportProfile a, ReportProfile b, Span<float> features)
    {
        var (left, right) = (a.Region, b.Region);
        if (left.Province == 0 || right.Province == 0)
        {
            features[(int)NoRegion] = 1;
        }
        else if (left.Province != right.Province)
        {
            features[(int)OtherProvince] = 1;
            features[(int)OtherProvinceNamed] = Array.BinarySearch(a.Provinces, right.Province) >= 0 || Array.BinarySearch(b.Provinces, left.Province) >= 0 ? 1 : 0;
        }
        else if (left.City != 0 && right.City != 0 && left.City != right.City)
        {
            features[(int)OtherCity] = 1;
        }
        else if (left.County != 0 && right.County != 0 && left.County != right.County)
        {
            features[(int)OtherCounty] = 1;
        }
        else
        {
            features[(int)(left.County != 0 && left.County == right.County ? SameCounty : left.City != 0 && left.City == right.City ? SameCity : SameProvince)] = 1;
        }
    }

    private static void Towns(ReportProfile a, ReportProfile b, Span<float> features)
    {
        if (a.Towns.Length > 0 && b.Towns.Length > 0)
        {
            var same = Shared(a.Towns, b.Towns) > 0;
            features[(int)(same ? SameTown : OtherTown)] = 1;
            features[(int)OtherCountyAndTown] = !same && Math.Max(features[(int)OtherCity], features[(int)OtherCounty]) > 0 ? 1 : 0;
        }
    }

    private static void Kinds(ReportProfile a, ReportProfile b, Span<float> features)
    {
        if (a.Kind != 0 && b.Kind != 0)
        {
            features[(int)(a.Kind == b.Kind ? SameKind : a.Class == b.Class ? OtherKind : OtherClass)] = 1;
        }
    }

    private static void Counts(ReportProfile a, ReportProfile b, Span<float> features)
    {
        Compare(a.Dead, b.Dead, SameDead, OtherDead, features);
        Compare(a.Injured, b.Injured, SameInjured, OtherInjured, features);
        if (a.Magnitude >= 0 && b.Magnitude >= 0)
        {
            features[(int)(Math.Abs(a.Magnitude - b.Magnitude) <= MagnitudeAlike ? SameMagnitude : OtherMagnitude)] = 1;
        }

        features[(int)NumbersShared] = MathF.Log(1 + Shared(a.Numbers, b.Numbers));
    }

    // How many keys two ascending lists share.
    private static int Shared(uint[] left, uint[] right)
    {
        var shared = 0;
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            shared += left[i] == right[j] ? 1 : 0;
            (i, j) = left[i] == right[j] ? (i + 1, j + 1) : left[i] < right[j] ? (i + 1, j) : (i, j + 1);
        }

        return shared;
    }

    // Equal figures say the more the greater they are; other ones grow from report to report and say the more the further they are apart.
    private static void Compare(int left, int right, LikenessFeature same, LikenessFeature other, Span<float> features)
    {
        if (left < 0 || right < 0)
        {
            return;
        }

        if (left == right)
        {
            features[(int)same] = MathF.Log(1 + left);
        }
        else
        {
            features[(int)other] = MathF.Abs(MathF.Log((1f + left) / (1f + right)));
        }
    }
}
