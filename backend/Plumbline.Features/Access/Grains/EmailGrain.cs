using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

/// <summary>The people of an address.</summary>
[GenerateSerializer, Alias("EmailState"), Immutable]
internal sealed record EmailState
{
    /// <summary>Who has it.</summary>
    [Id(0)] public string? UserId { get; init; }

    /// <summary>Those whom invitations have made: each says that it is theirs.</summary>
    [Id(1)] public ImmutableArray<InvitedAccount> Invited { get; init; } = [];
}

/// <summary>An account that an invitation has made.</summary>
[GenerateSerializer, Alias("InvitedAccount"), Immutable]
internal sealed record InvitedAccount([property: Id(0)] string UserId, [property: Id(1)] string InvitationId);

/// <inheritdoc cref="IEmailGrain"/>
/// <remarks>Failed attempts are kept in memory alone, so that strangers cannot fill the store with addresses.</remarks>
[GrainType("email")]
internal sealed class EmailGrain(
    [PersistentState("email", "grains")] IPersistentState<EmailState> stored, IOptions<AccessOptions> options, TimeProvider clock) : Grain, IEmailGrain
{
    /// <summary>Accounts of one address. Whoever fills them up has made as many invitations.</summary>
    private const int MostInvited = 1_000;

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

    public async Task<ImmutableArray<string>> FindAllAsync()
    {
        var invited = stored.State.Invited.Select(i => i.UserId);
        return await FindUserAsync() is { } first ? [first, .. invited] : [.. invited];
    }

    public async Task<string?> FindInvitedAsync(string invitationId) =>
        Made(invitationId) is { } made && await User(made.UserId).FindAsync() is not null ? made.UserId : null;

    public async Task<string?> RegisterInvitedAsync(NewUser user, string invitationId)
    {
        if (await FindInvitedAsync(invitationId) is not null) return null;
        var made = Made(invitationId);
        if (made is null)
        {
            if (stored.State.Invited.Length >= MostInvited)
                throw Failure.Conflict("This address has more accounts than there can be. Ask to be invited with another one.");
            made = new InvitedAccount(RandomId.New(), invitationId);
            await stored.SaveAsync(stored.State with { Invited = stored.State.Invited.Add(made) });
        }
        await User(made.UserId).CreateAsync(user);
        return made.UserId;
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

    private InvitedAccount? Made(string invitationId) => stored.State.Invited.FirstOrDefault(i => i.InvitationId == invitationId);

    private IUserGrain User(string userId) => GrainFactory.GetGrain<IUserGrain>(userId);
}
