using Jingwei.Text.Fields;

namespace Jingwei.Tests.Text;

public sealed class NumberExpressionTests
{
    [Theory]
    [InlineData("12人", 12, false)]
    [InlineData("1,200人", 1200, false)]
    [InlineData("3.5万元", 35000, false)]
    [InlineData("3000多人", 3000, true)]
    [InlineData("1万余人", 10000, true)]
    [InlineData("二十三人", 23, false)]
    [InlineData("十二人", 12, false)]
    [InlineData("一百零五人", 105, false)]
    [InlineData("两千三百人", 2300, false)]
    [InlineData("三万五千人", 35000, false)]
    [InlineData("二〇〇八年", 2008, false)]
    [InlineData("百余人", 100, true)]
    [InlineData("俩人", 2, false)]
    public void A_number_is_read_as_it_is_written(string text, double value, bool blurred)
    {
        Assert.True(NumberExpression.TryRead(text, 0, out var number));
        Assert.Equal((value, blurred), (number.Value, number.Blurred));
    }

    [Theory]
    [InlineData("人", 0)]
    [InlineData("12", 1)]
    [InlineData("三十五", 1)]
    public void A_word_and_the_middle_of_a_number_are_none(string text, int start) =>
        Assert.False(NumberExpression.TryRead(text, start, out _));

    [Theory]
    [InlineData("造成4人死亡", "Dead", 4)]
    [InlineData("死亡一人", "Dead", 1)]
    [InlineData("两车相撞4死2伤", "Dead", 4)]
    [InlineData("74名学生出现食物中毒症状", "Ill", 74)]
    [InlineData("仍有5人失踪", "Missing", 5)]
    [InlineData("疏散群众2300人", "Evacuated", 2300)]
    [InlineData("10名矿工被困井下", "Trapped", 10)]
    public void People_are_counted_by_what_happened_to_them(string text, string kind, int people)
    {
        var counts = new List<HeadCount>();
        HeadCounts.Read(text, false, counts);
        Assert.Equal((kind, people), (counts[0].Kind.ToString(), (int)counts[0].Number.Value));
    }

    [Theory]
    [InlineData("他今年35岁，住在3号楼102室")]
    [InlineData("第3人民医院收治了伤者")]
    [InlineData("数百人中毒")]
    public void What_counts_no_people_is_no_head_count(string text)
    {
        var counts = new List<HeadCount>();
        HeadCounts.Read(text, false, counts);
        Assert.Empty(counts);
    }
}
