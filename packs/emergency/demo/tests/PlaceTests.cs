using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Tests.Packs.Emergency;

/// <summary>The province as it is (GB/T 2260, 2023: 11 cities, 90 counties), its past month, its warnings.</summary>
public sealed class PlaceTests
{
    private static readonly Places Places = Places.Load();
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_province_has_eleven_cities_and_ninety_counties_below_them()
    {
        Assert.Equal([("province", 1), ("city", 11), ("county", 90)], Places.All.CountBy(place => place.Kind).Select(each => (each.Key, each.Value)));
        Assert.All(Places.Counties, county => Assert.Equal(county.Code[..4] + "00", county.Parent));
        Assert.Equal("温州市", Places.CityOf(Places["330381"]).Name);

        // Zhejiang lies between 27°02' and 31°11' N, 118°01' and 123°10' E.
        Assert.All(Places.All, place => Assert.True(place is { Lon: > 118 and < 123.2, Lat: > 27 and < 31.2 }, place.Name));
    }

    [Fact]
    public void The_last_month_has_some_four_hundred_incidents_that_are_over()
    {
        var past = Archive.Of(Places, 1, Now);

        Assert.InRange(past.Count, 390, 420);
        Assert.Equal(past.Count, past.Select(each => each.Number).Distinct().Count());
        Assert.All(past, each => Assert.True(each.Opened < each.Closed && each.Closed < Now && each.Opened >= Now.AddDays(-31.1)));
        Assert.All(past, each => Assert.Equal("county", Places[each.Region].Kind));
        Assert.Equal(["blue", "orange", "red", "yellow"], past.Select(each => each.Severity).Distinct().Order());
        Assert.DoesNotContain(past, each => each.Text.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public void Summers_drown_and_winters_burn()
    {
        Assert.True(Count(7, "人员落水") > 2 * Count(1, "人员落水"));
        Assert.True(Count(1, "山林火情") > 2 * Count(7, "山林火情"));

        static int Count(int month, string title) => Archive.Of(Places, 5, new DateTimeOffset(2026, month, 31, 0, 0, 0, TimeSpan.Zero)).Count(each => each.Title.Contains(title, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bureaus_warning_replaces_one_of_its_own_that_is_there()
    {
        var bulletins = Shipped.List<Bulletin>("weather.json").OrderBy(each => each.At).ToList();

        Assert.Equal(["blue", "none", "orange", "red", "yellow"], bulletins.Select(each => each.Colour).Distinct().Order());
        Assert.All(bulletins.Where(each => each.Replaces is not null), each =>
            Assert.Contains(bulletins, before => before.Id == each.Replaces && before.At < each.At && before.Of == each.Of));
        Assert.All(bulletins, each => Assert.All(each.Regions, code => Assert.NotNull(Places[code])));
    }
}
