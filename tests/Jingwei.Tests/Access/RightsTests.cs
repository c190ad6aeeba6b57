using Jingwei.Server.Access;

namespace Jingwei.Tests.Access;

public sealed class RightsTests
{
    [Theory]
    [InlineData("/all/a/", "a", true)]
    [InlineData("/all/a/b/", "a", true)]
    [InlineData("/all/a/b/", "all", true)]
    [InlineData("/all/ab/", "a", false)]
    [InlineData("/all/a/", "ab", false)]
    [InlineData("/all/ba/", "a", false)]
    [InlineData("/all/", "a", false)]
    [InlineData("/", "all", false)]
    public void A_path_covers_whole_steps_alone(string path, string ancestor, bool covers) =>
        Assert.Equal(covers, new TreePath(path).Covers(ancestor));

    [Theory]
    [InlineData("/all/plant/hall/", "/all/east/city/", true)]
    [InlineData("/all/plant/", "/all/east/", true)]
    [InlineData("/all/plant/", "/all/west/", false)]
    [InlineData("/all/other/", "/all/east/", false)]
    [InlineData("/all/", "/all/east/", false)]
    [InlineData("/all/plant/", "/all/", false)]
    public void A_grant_must_cover_party_and_region(string party, string region, bool gives) =>
        Assert.Equal(gives, new Grant(1, Role.Viewer, "plant", "east").Gives(Right.View, new(new(party), new(region))));

    [Fact]
    public void Two_grants_do_not_lend_each_other_a_party_or_a_region()
    {
        var caller = new Caller(CallerKind.User, "u", "u", [new(1, Role.Engineer, "a", "east"), new(2, Role.Engineer, "b", "west")]);
        Assert.True(caller.May(Right.Configure, new(new("/all/a/"), new("/all/east/"))));
        Assert.False(caller.May(Right.View, new(new("/all/a/"), new("/all/west/"))));
        Assert.False(caller.May(Right.View, new(new("/all/b/"), new("/all/east/"))));
    }

    [Theory]
    [InlineData(Role.Viewer, new[] { Right.View })]
    [InlineData(Role.Operator, new[] { Right.View, Right.Operate })]
    [InlineData(Role.Engineer, new[] { Right.View, Right.Operate, Right.Configure })]
    [InlineData(Role.Administrator, new[] { Right.View, Right.Operate, Right.Configure, Right.Administer })]
    public void A_role_holds_the_rights_of_those_before_it_and_one_more(Role role, Right[] rights)
    {
        var caller = new Caller(CallerKind.User, "u", "u", [new(1, role, "root", "root")]);
        Assert.Equal(rights, Enum.GetValues<Right>().Where(caller.MayAnywhere));
        Assert.Equal(rights, Enum.GetValues<Right>().Where(right => caller.May(right, new(TreePath.Root("root"), TreePath.Root("root")))));
    }

    [Theory]
    [InlineData("m-01")]
    [InlineData("a.b_c-d:e")]
    [InlineData("主轴-１")]
    [InlineData("𠮷田")]
    [InlineData("الة")]
    [InlineData("मशीन")]
    [InlineData("TOKEN")]
    public void An_id_takes_letters_and_digits_of_any_script(string id) => Assert.Null(Ids.Fault(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("token")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a#b")]
    [InlineData("$SYS")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("%2F")]
    [InlineData("a'b")]
    public void An_id_that_could_not_stand_in_a_path_or_a_topic_is_refused(string? id) => Assert.NotNull(Ids.Fault(id));

    [Fact]
    public void An_id_has_at_most_128_characters_of_any_plane()
    {
        Assert.Null(Ids.Fault(new string('物', 128)));
        Assert.Null(Ids.Fault(string.Concat(Enumerable.Repeat("𠮷", 128))));
        Assert.NotNull(Ids.Fault(new string('物', 129)));
        Assert.NotNull(Ids.Fault("\ud800"));
    }
}
