using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Users;

/// <summary>The person an address belongs to.</summary>
[GenerateSerializer, Alias("EmailState"), Immutable]
internal sealed record EmailState
{
    [Id(0)] public string? UserId { get; init; }
}

/// <inheritdoc cref="IEmailGrain"/>
/// <remarks>Failed attempts are kept in memory alone, so that strangers cannot fill the store with addresses.</remarks>
[GrainType("email")]
internal sealed class EmailGrain(
    [PersistentState("email", "grains")] IPersistentState<EmailState> stored, IOptions<AccessOptions> options, TimeProvider clock) : Grain, IEmailGrain
{
    private SignInAttempts _attempts = new();

    public async Task<string?> FindUserAsync()
    {
        var userId = stored.State.UserId;
        return userId is not null && await User(userId).FindAsync() is not null ? userId : null;
    }

    public async Task<string> RegisterAsync(NewUser user)
    {
        if (await FindUserAsync() is not null)
            throw Failure.Conflict("There is an account with this e-mail address. Sign in with it and open the link again.");
        var userId = stored.State.UserId ?? RandomId.New();
        if (stored.State.UserId is null) await stored.SaveAsync(new EmailState { UserId = userId });
        await User(userId).CreateAsync(user);
        return userId;
    }

    public async Task<SignInAttempt> BeginAttemptAsync()
    {
        (_attempts, var retryAfter) = _attempts.Begin(clock.GetUtcNow(), options.Value);
        return new SignInAttempt(retryAfter is null ? await FindUserAsync() : null, retryAfter);
    }

    public Task AttemptSucceededAsync()
    {
        _attempts = new SignInAttempts();
        return Task.CompletedTask;
    }

    private IUserGrain User(string userId) => GrainFactory.GetGrain<IUserGrain>(userId);
}
