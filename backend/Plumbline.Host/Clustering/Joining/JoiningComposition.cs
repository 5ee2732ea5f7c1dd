namespace Plumbline.Host.Clustering.Joining;

/// <summary>The check of a node that joins.</summary>
internal static class JoiningComposition
{
    public static void AddJoinCheck(this WebApplicationBuilder builder, SharedSettings settings) =>
        builder.Services.AddSingleton(settings).AddSingleton<ILifecycleParticipant<ISiloLifecycle>, JoinCheck>();
}
