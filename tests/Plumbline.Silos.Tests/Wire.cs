using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Plumbline.Silos.Tests;

/// <summary>The connections of a silo with the others. Cut, the silo goes on running and takes itself for a part of the cluster, and nobody hears of it: what a network does, or a machine that hangs for a while.</summary>
internal sealed class Wire
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private volatile bool _isCut;

    public static void Connect(ISiloBuilder silo)
    {
        var wire = new Wire();
        silo.Services.AddSingleton(wire);
        silo.Configure<SiloConnectionOptions>(connections =>
        {
            connections.ConfigureSiloInboundConnection(connection => connection.Use(wire.Through));
            connections.ConfigureSiloOutboundConnection(connection => connection.Use(wire.Through));
        });
    }

    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _open.Keys) connection.Abort();
    }

    private ConnectionDelegate Through(ConnectionDelegate next) => async connection =>
    {
        _open[connection] = true;
        try
        {
            if (_isCut) connection.Abort();
            else await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    };
}
