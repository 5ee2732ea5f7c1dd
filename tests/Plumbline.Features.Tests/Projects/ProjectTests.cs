using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Projects;
using Plumbline.Features.Projects.State;

namespace Plumbline.Features.Tests.Projects;

public sealed class ProjectTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private static readonly ProjectsOptions Options = new();
    private ProductHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await shared.HostAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Create_SlugTaken_GivesNone()
    {
        var projects = _host.Grains.GetGrain<IOrganizationProjectsGrain>(RandomId.New());
        Assert.NotNull(await projects.CreateAsync("main", "Main"));
        Assert.Null(await projects.CreateAsync("main", "Other"));
        Assert.NotNull(await _host.Grains.GetGrain<IOrganizationProjectsGrain>(RandomId.New()).CreateAsync("main", "Main"));
    }

    [Fact]
    public async Task Create_ManyAtOnceOfOneSlug_MakesOne()
    {
        var projects = _host.Grains.GetGrain<IOrganizationProjectsGrain>(RandomId.New());
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => projects.CreateAsync("main", "Main")));
        Assert.Single(made.OfType<ProjectView>());
        Assert.Single(await projects.ListAsync());
    }

    [Fact]
    public async Task Settings_SurviveARestart()
    {
        var tenant = await _host.AddTenantAsync();
        var settings = new ProjectSettings
        {
            RetentionDays = 30,
            SampleRate = 0.5,
            Redaction = [new RedactionRule("mail", RedactionKind.Email, null, RedactionAction.Mask)],
        };
        await _host.Grains.GetGrain<IProjectGrain>(tenant.Key.ToString()).UpdateSettingsAsync(settings);
        _host = await shared.RestartAsync();
        var read = await _host.Get<IProjectDirectory>().SettingsAsync(tenant.Key, default);
        Assert.Equal((30, 0.5), (read.RetentionDays, read.SampleRate));
        Assert.Equal(settings.Redaction[0], Assert.Single(read.Redaction));
        Assert.Equal(tenant.Project, await _host.Get<IProjectDirectory>().FindAsync(tenant.Key, default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_000)]
    public void Retention_OutOfRange_IsRefused(int days) => Refused(() => ProjectSettingsRules.Retention(days, Options));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void SampleRate_OutOfRange_IsRefused(double rate) =>
        Refused(() => ProjectSettingsRules.WithSampleRate(new(), rate, DateTimeOffset.UnixEpoch, new()));

    [Theory]
    [InlineData(RedactionKind.Regex, null)]
    [InlineData(RedactionKind.Regex, "(")]
    [InlineData(RedactionKind.Regex, "(?<=a)b")]
    [InlineData(RedactionKind.Email, "a")]
    public void Redaction_PatternThatCannotBe_IsRefused(RedactionKind kind, string? pattern) =>
        Refused(() => ProjectSettingsRules.Redaction([new RedactionRule("rule", kind, pattern, RedactionAction.Mask)], Options));

    [Fact]
    public void Redaction_LinearPattern_IsTaken() =>
        Assert.Single(ProjectSettingsRules.Redaction([new RedactionRule(" ids ", RedactionKind.Regex, "id-[0-9]+", RedactionAction.Hash)], Options));

    private static void Refused(Action action) => Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(action).Code);
}
