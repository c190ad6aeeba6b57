using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Language definition, "Timestamps and durations".</summary>
public sealed class TimeTests
{
    [Theory]
    [InlineData("timestamp('2009-02-13T23:31:30.5+08:00')", "timestamp(\"2009-02-13T15:31:30.5Z\")")]
    [InlineData("timestamp('2024-02-29T00:00:00Z') + duration('24h')", "timestamp(\"2024-03-01T00:00:00Z\")")]
    [InlineData("timestamp('2009-02-13T23:31:30Z') - timestamp('2009-02-13T23:31:29.75Z')", "duration(\"0.25s\")")]
    [InlineData("duration('1h30m') + duration('-90m')", "duration(\"0s\")")]
    [InlineData("duration('1.5s') - duration('2s')", "duration(\"-0.5s\")")]
    [InlineData("string(duration('1m1.001s'))", "\"61.001s\"")]
    [InlineData("string(timestamp('2009-02-13T23:31:30Z'))", "\"2009-02-13T23:31:30Z\"")]
    [InlineData("int(timestamp('2009-02-13T23:31:30Z'))", "1234567890")]
    [InlineData("timestamp(1234567890)", "timestamp(\"2009-02-13T23:31:30Z\")")]
    public void Times_are_read_computed_and_written(string source, string expected) =>
        Assert.Equal(expected, Evaluation.Value(source).ToString());

    [Theory]
    [InlineData("getFullYear()", 2009)]
    [InlineData("getMonth()", 1)]
    [InlineData("getDate()", 13)]
    [InlineData("getDayOfMonth()", 12)]
    [InlineData("getDayOfYear()", 43)]
    [InlineData("getDayOfWeek()", 5)]
    [InlineData("getDayOfWeek('Asia/Shanghai')", 6)]
    [InlineData("getHours('Asia/Shanghai')", 7)]
    [InlineData("getMinutes('+05:45')", 16)]
    [InlineData("getHours('-02:30')", 21)]
    [InlineData("getSeconds()", 30)]
    [InlineData("getMilliseconds()", 123)]
    public void Getters_count_months_and_days_from_zero_and_know_zones(string getter, long expected) =>
        Assert.Equal(expected, Evaluation.Value($"timestamp('2009-02-13T23:31:30.123Z').{getter}").AsInt());

    [Theory]
    [InlineData("timestamp('2009-02-30T00:00:00Z')", CelErrorCode.Invalid)]
    [InlineData("timestamp('2009-02-13 23:31:30')", CelErrorCode.Invalid)]
    [InlineData("timestamp('2009-02-13T23:31:30')", CelErrorCode.Invalid)]
    [InlineData("timestamp('0000-01-01T00:00:00Z')", CelErrorCode.Range)]
    [InlineData("timestamp('0001-01-01T00:00:00+00:01')", CelErrorCode.Range)]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s')", CelErrorCode.Range)]
    [InlineData("duration('five minutes')", CelErrorCode.Invalid)]
    [InlineData("duration('5')", CelErrorCode.Invalid)]
    [InlineData("duration('999999999999999999999h')", CelErrorCode.Range)]
    [InlineData("timestamp(0).getHours('Mars/Phobos')", CelErrorCode.Invalid)]
    [InlineData("timestamp(0).getHours('../../etc/passwd')", CelErrorCode.Invalid)]
    public void What_is_no_time_is_an_error(string source, CelErrorCode expected) =>
        Assert.Equal(expected, Evaluation.Error(source).Code);
}
