using Plumbline.Contracts.Grains;

namespace Plumbline.Features.Tests.Grains;

public sealed class TenancyTests
{
    [Theory]
    [InlineData("org", "org", true)]
    [InlineData("org", "org/project", true)]
    [InlineData("org", "org/project/queue/x", true)]
    [InlineData("org", "organization", false)]
    [InlineData("org", "other", false)]
    [InlineData("org/project", "org/project", true)]
    [InlineData("org/project", "org/project/queue", true)]
    [InlineData("org/project", "org", true)]
    [InlineData("org/project", "org/projects", false)]
    [InlineData("org/project", "org/other", false)]
    [InlineData("org/project", "or", false)]
    [InlineData("org/project", "other/project", false)]
    [InlineData("org/project", "", false)]
    public void Covers_IsByWholeParts(string tenant, string grainKey, bool expected) => Assert.Equal(expected, Tenancy.Covers(tenant, grainKey));

    [Theory]
    [InlineData("org", "org")]
    [InlineData("org/project", "org/project")]
    [InlineData("org/project/0", "org/project")]
    [InlineData("org/project/a/b", "org/project")]
    public void Of_IsTheProject_ElseTheOrganization(string grainKey, string expected) => Assert.Equal(expected, Tenancy.Of(grainKey));

    [Fact]
    public async Task Scope_KnowsWhatWasAdmitted_InItAlone()
    {
        using var scope = CallScope.Begin();
        await AdmitAsync("org/project");
        Assert.Equal("org/project", scope.TenantFor("org/project/0"));
        Assert.Null(scope.TenantFor("org/other"));
        using (CallScope.Begin()) Assert.Null(CallScope.Current!.TenantFor("org/project"));
        Assert.Same(scope, CallScope.Current);
    }

    [Fact]
    public void Change_IsKnownOutsideOfAPart_ButNotOutsideOfAScopeOfItsOwn()
    {
        using var scope = CallScope.Begin();
        using (CallScope.Begin()) CallScope.NoteChange();
        Assert.False(scope.HasChanged);
        using (CallScope.For("org")) CallScope.NoteChange();
        Assert.True(scope.HasChanged);
    }

    private static async Task AdmitAsync(string tenant)
    {
        await Task.Yield();
        CallScope.Admit(tenant);
    }
}
