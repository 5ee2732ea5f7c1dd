using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Tests.Access;

public sealed class CredentialTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly string _ann = $"ann.{RandomId.New()}@example.com";
    private ProductHost _host = null!;

    private ICredentials Credentials => _host.Get<ICredentials>();

    public async ValueTask InitializeAsync() => _host = await shared.HostAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Session_Holds_UntilItIsEnded_AlsoAcrossARestart()
    {
        var session = await _host.Get<Sessions>().StartAsync(await AddAsync(_ann));
        _host = await shared.RestartAsync();
        var caller = await Credentials.FromSessionAsync(session.Token, default);
        Assert.NotNull(caller?.UserId);
        Assert.True(await Credentials.StillHoldsAsync(caller, default));
        await _host.Get<Sessions>().EndAsync(session.Token);
        Assert.Null(await Credentials.FromSessionAsync(session.Token, default));
        Assert.False(await Credentials.StillHoldsAsync(caller, default));
    }

    [Fact]
    public async Task Session_Expires()
    {
        var session = await _host.Get<Sessions>().StartAsync(await AddAsync(_ann));
        _host.Clock.Advance(new AccessOptions().SessionLifetime);
        Assert.Null(await Credentials.FromSessionAsync(session.Token, default));
    }

    [Fact]
    public async Task SignIn_RightPassword_GivesASession_WhateverTheCaseOfTheAddress()
    {
        var userId = await AddAsync(_ann);
        var session = await SignIn.SignInAsync($" {_ann.ToUpperInvariant()}", Password, Somewhere);
        Assert.Equal(userId, (await Credentials.FromSessionAsync(session.Token, default))?.UserId);
    }

    [Fact]
    public async Task SignIn_WrongPasswordAndUnknownAddress_LookAlike()
    {
        await AddAsync(_ann);
        var wrong = await Assert.ThrowsAsync<RequestFailedException>(() => SignIn.SignInAsync(_ann, "wrong password", Somewhere));
        var unknown = await Assert.ThrowsAsync<RequestFailedException>(() => SignIn.SignInAsync($"{RandomId.New()}@example.com", "wrong password", Somewhere));
        Assert.Equal((wrong.Code, wrong.Message), (unknown.Code, unknown.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_TooManyFailures_LocksKnownAndUnknownAddressesAlike(bool isKnown)
    {
        await AddAsync(_ann);
        var email = isKnown ? _ann : $"{RandomId.New()}@example.com";
        for (var i = 0; i < new AccessOptions().MaxFailedSignIns; i++)
            Assert.Equal(
                FailureCode.Unauthenticated,
                (await Assert.ThrowsAsync<RequestFailedException>(() => SignIn.SignInAsync(email, "wrong", Somewhere))).Code);
        Assert.Equal(FailureCode.RateLimited, (await Assert.ThrowsAsync<RequestFailedException>(() => SignIn.SignInAsync(email, Password, Somewhere))).Code);
    }

    [Fact]
    public async Task SignIn_AfterTheLockout_WorksAgain()
    {
        await AddAsync(_ann);
        for (var i = 0; i < new AccessOptions().MaxFailedSignIns; i++)
            await Assert.ThrowsAsync<RequestFailedException>(() => SignIn.SignInAsync(_ann, "wrong", Somewhere));
        _host.Clock.Advance(new AccessOptions().LockoutDuration);
        Assert.NotEmpty((await SignIn.SignInAsync(_ann, Password, Somewhere)).Token);
    }

    [Fact]
    public async Task SignIn_WithAnOldHash_MakesItAnew()
    {
        _host = await ProductHost.StartAsync();
        var userId = await AddAsync(_ann);
        var before = await _host.Grains.GetGrain<IUserGrain>(userId).PasswordHashAsync();
        _host = await _host.RestartAsync(s =>
            Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.PostConfigure<AccessOptions>(s, o => o.PasswordIterations = 2_000));
        await SignIn.SignInAsync(_ann, Password, Somewhere);
        Assert.NotEqual(before, await _host.Grains.GetGrain<IUserGrain>(userId).PasswordHashAsync());
    }

    [Fact]
    public async Task Register_SameAddressTwice_IsAConflict()
    {
        await AddAsync(_ann);
        Assert.Equal(FailureCode.Conflict, (await Assert.ThrowsAsync<RequestFailedException>(() => AddAsync(_ann))).Code);
    }

    [Theory]
    [InlineData("short")]
    [InlineData(null)]
    public void Password_TooShort_IsRefused(string? password) =>
        Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => _host.Get<Passwords>().Hash(password)).Code);

    [Fact]
    public async Task ApiKey_Works_UntilItIsRevoked()
    {
        var (secret, project, keyId) = await AddKeyAsync();
        var caller = await Credentials.FromApiKeyAsync(secret, default);
        Assert.Equal((project, "production"), (caller!.Project, caller.Environment));
        await _host.Grains.GetGrain<IProjectApiKeysGrain>(project.ToString()).RevokeAsync(keyId);
        Assert.Null(await Credentials.FromApiKeyAsync(secret, default));
        Assert.False(await Credentials.StillHoldsAsync(caller, default));
    }

    [Fact]
    public async Task ApiKey_Expires()
    {
        var (secret, _, _) = await AddKeyAsync(_host.Clock.GetUtcNow().AddHours(1));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await Credentials.FromApiKeyAsync(secret, default));
    }

    [Fact]
    public async Task ApiKey_LastUse_IsKeptAcrossARestart()
    {
        var (secret, project, keyId) = await AddKeyAsync();
        await Credentials.FromApiKeyAsync(secret, default);
        var used = _host.Clock.GetUtcNow();
        _host = await shared.RestartAsync();
        var key = await _host.Grains.GetGrain<IProjectApiKeysGrain>(project.ToString()).FindAsync(keyId);
        Assert.Equal(used, key!.LastUsedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pl_short")]
    [InlineData("sk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("pl_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task ApiKey_Unknown_IsNobody(string secret) => Assert.Null(await Credentials.FromApiKeyAsync(secret, default));

    [Fact]
    public async Task NothingSecret_IsStored()
    {
        var (secret, _, _) = await AddKeyAsync();
        var session = await _host.Get<Sessions>().StartAsync(await AddAsync(_ann));
        await foreach (var item in _host.Store.ListAsync(""))
        {
            var text = System.Text.Encoding.UTF8.GetString((await _host.Store.GetAsync(item.Name))!.Content);
            Assert.DoesNotContain(secret, item.Name + text, StringComparison.Ordinal);
            Assert.DoesNotContain(session.Token, item.Name + text, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, item.Name + text, StringComparison.Ordinal);
        }
    }

    private static readonly Client Somewhere = Client.At("198.51.100.1");

    private PasswordSignIn SignIn => _host.Get<PasswordSignIn>();

    private Task<string> AddAsync(string email) =>
        _host.Grains.GetGrain<IEmailGrain>(EmailAddress.GrainKey(email)).RegisterAsync(new NewUser(email, "Ann", _host.Get<Passwords>().Hash(Password)));

    private async Task<(string Secret, ProjectKey Project, string KeyId)> AddKeyAsync(DateTimeOffset? expiresAt = null)
    {
        var tenant = await _host.AddTenantAsync();
        var secret = Secrets.NewApiKey();
        var key = new NewApiKey(
            tenant.Key, RandomId.New(), "Key", Secrets.ShownPrefix(secret), [ApiKeyScope.Ingest])
        { Environment = "production", ExpiresAt = expiresAt };
        await _host.Grains.GetGrain<IProjectApiKeysGrain>(tenant.Key.ToString()).CreateAsync(Secrets.Hash(secret), key);
        return (secret, tenant.Key, key.KeyId);
    }
}
