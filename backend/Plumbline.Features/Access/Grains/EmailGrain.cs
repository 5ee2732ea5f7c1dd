using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

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
    private static readonly SignInSource Nowhere = new("unknown");

    private readonly AttemptsBySource _attempts = new(options.Value);

    public async Task<string?> FindUserAsync()
    {
        var userId = stored.State.UserId;
        return userId is not null && await User(userId).FindAsync() is not null ? userId : null;
    }

    public async Task<string> RegisterAsync(NewUser user)
    {
        if (await FindUserAsync() is not null)
            throw Failure.Conflict("The address is taken.");
        var userId = stored.State.UserId ?? RandomId.New();
        if (stored.State.UserId is null) await stored.SaveAsync(new EmailState { UserId = userId });
        await User(userId).CreateAsync(user);
        return userId;
    }

    public Task<TimeSpan?> BeginAttemptFromAsync(SignInSource source) => Task.FromResult(_attempts.Begin(source, clock.GetUtcNow()));

    public Task AttemptFromSucceededAsync(SignInSource source)
    {
        _attempts.Succeeded(source);
        return Task.CompletedTask;
    }

    public async Task<SignInAttempt> BeginAttemptAsync()
    {
        var retryAfter = await BeginAttemptFromAsync(Nowhere);
        return new SignInAttempt(retryAfter is null ? await FindUserAsync() : null, retryAfter);
    }

    public Task AttemptSucceededAsync() => AttemptFromSucceededAsync(Nowhere);

    private IUserGrain User(string userId) => GrainFactory.GetGrain<IUserGrain>(userId);
}
