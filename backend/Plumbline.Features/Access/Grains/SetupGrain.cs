using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

/// <inheritdoc cref="ISetupGrain"/>
/// <remarks>Each step writes down what it made before the next begins; after a crash the next start goes on from there.</remarks>
[GrainType("setup")]
internal sealed class SetupGrain(
    [PersistentState("setup", "grains")] IPersistentState<SetupState> stored, OrganizationCreation organizations, Accounts accounts,
    TimeProvider clock) : Grain, ISetupGrain
{
    private SetupState State => stored.State;

    public async Task<bool> IssueOwnerLinkAsync(string tokenHash, DateTimeOffset expiresAt)
    {
        if (!State.OwnerNeeded) return false;
        await stored.SaveAsync(State.WithLink(tokenHash, expiresAt));
        return true;
    }

    public async Task<OwnerLinkIssue> OfferOwnerLinkAsync(string tokenHash, DateTimeOffset expiresAt) =>
        State.HasOpenLink(clock.GetUtcNow()) ? new(false, State.LinkExpiresAt) : new(await IssueOwnerLinkAsync(tokenHash, expiresAt), null);

    public async Task<SetupStatus> StatusAsync()
    {
        var waiting = State.OwnerNeeded && State.OrganizationId is { } id ? await Organization(id).FindAsync() : null;
        return new SetupStatus(State.OwnerNeeded, waiting?.Name);
    }

    public Task<bool> IsOpenAsync(string tokenHash) => Task.FromResult(State.Opens(tokenHash, clock.GetUtcNow()));

    public Task<string?> OwnerByAsync(string tokenHash) =>
        Task.FromResult(State.UsedLinkHash is { } used && Secrets.SameHash(used, tokenHash) ? State.OwnerId : null);

    public async Task<string> MakeOwnerAsync(string tokenHash, NewUser owner, string organizationName)
    {
        if (!State.Opens(tokenHash, clock.GetUtcNow()))
            throw new RequestFailedException(FailureCode.NotFound, "This link was used already or has expired. Start the server again for a new one.");
        var name = State.OrganizationId is null ? DisplayName.Require(organizationName, "an organization") : "";
        return await AddOwnerAsync(owner, name);
    }

    public async Task InitializeAsync(InitialSetup setup)
    {
        if (setup.OrganizationName is { } organization && State.OrganizationId is null)
            await MakeOrganizationAsync(organization, null);
        if (setup.ProjectName is { } project && State.ProjectId is null) await MakeProjectAsync(project);
        if (setup.ApiKey is { } key && !State.ApiKeyHashes.Contains(key.SecretHash)) await MakeApiKeyAsync(key);
        if (setup.Owner is { } owner && State.OwnerNeeded) await AddOwnerAsync(owner, setup.OrganizationName ?? "");
    }

    private async Task<string> AddOwnerAsync(NewUser owner, string organizationName)
    {
        var userId = await accounts.FindAsync(owner.Email) ?? await accounts.Grain(owner.Email).RegisterAsync(owner);
        if (State.OrganizationId is { } waiting)
        {
            await GrainFactory.GetGrain<IUserGrain>(userId).RememberOrganizationAsync(waiting);
            await Organization(waiting).AddOwnerAsync(userId);
        }
        else
        {
            await MakeOrganizationAsync(organizationName, userId);
        }
        await stored.SaveAsync(State.WithOwner(userId));
        return userId;
    }

    private async Task MakeOrganizationAsync(string name, string? ownerId)
    {
        if (State.PlannedOrganizationId is null) await stored.SaveAsync(State with { PlannedOrganizationId = RandomId.New() });
        var made = await organizations.CreateAsync(name, null, ownerId, new RequestKey(State.PlannedOrganizationId!, ISetupGrain.Key));
        await stored.SaveAsync(State with { OrganizationId = made });
    }

    private async Task MakeProjectAsync(string name)
    {
        using var scope = CallScope.For(RequireOrganization());
        var projects = GrainFactory.GetGrain<IOrganizationProjectsGrain>(RequireOrganization());
        var slug = Slug.From(name);
        var made = await projects.CreateAsync(slug, name) ?? (await projects.ListAsync()).First(p => p.Slug == slug);
        await stored.SaveAsync(State with { ProjectId = made.Key.Project });
    }

    private async Task MakeApiKeyAsync(InitialApiKey key)
    {
        var project = new ProjectKey(RequireOrganization(), State.ProjectId ?? throw Failure.BadInput("An initial API key needs an initial project."));
        using var scope = CallScope.For(project.ToString());
        var made = new NewApiKey(project, RandomId.New(), "Initial key", key.Prefix, [.. Enum.GetValues<ApiKeyScope>()]) { CreatedById = "setup" };
        await GrainFactory.GetGrain<IProjectApiKeysGrain>(project.ToString()).CreateAsync(key.SecretHash, made);
        await stored.SaveAsync(State with { ApiKeyHashes = State.ApiKeyHashes.Add(key.SecretHash) });
    }

    private string RequireOrganization() => State.OrganizationId ?? throw Failure.BadInput("An initial project needs an initial organization.");

    private IOrganizationGrain Organization(string id) => GrainFactory.GetGrain<IOrganizationGrain>(id);
}
