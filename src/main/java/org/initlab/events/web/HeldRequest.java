package org.initlab.events.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** A request that is dispatched a second time when it is released or its time is over, whichever comes first. */
final class HeldRequest implements AsyncListener {
    private AsyncContext exchange;
    private Runnable afterwards;
    private boolean released;
    private boolean dispatched;

    /**
     * Takes the request, which goes on at once if it was released before.
     *
     * @param cleanup called when it is answered
     */
    synchronized void hold(AsyncContext started, Runnable cleanup) {
        exchange = started;
        afterwards = cleanup;
        exchange.addListener(this);
        dispatchOnce();
    }

    synchronized void release() {
        released = true;
        dispatchOnce();
    }

    private void dispatchOnce() {
        if (released && exchange != null && !dispatched) {
            dispatched = true;
            exchange.dispatch();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        release();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        afterwards.run();
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        dispatched = true;
        exchange.complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it is held once only
    }
}
