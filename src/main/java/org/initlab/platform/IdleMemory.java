package org.initlab.platform;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes the heap give back what startup and busy times have left in it. By default G1 collects when its young
 * generation is full, which an idle service takes hours to fill, page by page; {@code java -jar} sets no options to
 * change that.
 */
@Component
class IdleMemory {
    private static final Logger log = LoggerFactory.getLogger(IdleMemory.class);
    private static final Map<String, String> OPTIONS = Map.of(
            "G1PeriodicGCInterval", "15000", // ms without a collection, then a concurrent one
            "MaxHeapFreeRatio", "50"); // %

    @EventListener(ApplicationReadyEvent.class)
    void limit() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        OPTIONS.forEach((option, value) -> {
            try {
                if (machine.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) {
                    machine.setVMOption(option, value);
                }
            } catch (IllegalArgumentException e) {
                log.debug("This Java has no {}: an idle heap stays as large as it was", option, e);
            }
        });
    }
}
