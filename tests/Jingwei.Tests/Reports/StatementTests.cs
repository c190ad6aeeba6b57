using Jingwei.Server.Reports.Incidents;

namespace Jingwei.Tests.Reports;

/// <summary>Which of several statements goes: a person's, then the newest of an official source, then the newest.</summary>
public sealed class StatementTests
{
    [Theory]
    [InlineData(false, false, 1, false, false, 2, false)]
    [InlineData(false, false, 2, false, false, 1, true)]
    [InlineData(false, true, 1, false, false, 2, true)]
    [InlineData(false, true, 1, false, true, 2, false)]
    [InlineData(true, false, 1, false, true, 2, true)]
    [InlineData(true, false, 1, true, false, 2, false)]
    public void One_precedes_the_other(bool byPerson, bool official, long at, bool otherByPerson, bool otherOfficial, long otherAt, bool precedes)
    {
        Statement Of(bool person, bool isOfficial, long time) => new("dead", 1, null, time, "k", isOfficial, time, person ? "wang" : null);
        Assert.Equal(precedes, Of(byPerson, official, at).Precedes(Of(otherByPerson, otherOfficial, otherAt)));
        Assert.Equal(!precedes, Of(otherByPerson, otherOfficial, otherAt).Precedes(Of(byPerson, official, at)));
    }
}
